import { ErrorHandler, Injector, NgZone, inject } from '@angular/core';
import { Place } from '../checks/place.js';
import { checkJobOptions } from '../jobs/job-plan.js';
import { checkedLogger } from '../jobs/loggers.js';
import type { JobOptions } from '../model/job-options.js';
import type { LogFunction, LoggerOption } from '../model/logger.js';
import type { RegistryOptions } from '../scheduler/registry-options.js';
import type { Clock } from '../time/clock.js';
import { checkedClock } from '../time/world.js';

/** What a provided scheduler is made of. */
export interface SchedulerSetup extends RegistryOptions {
  /** Is told of every failure, besides the log. */
  readonly onFailure?: ((error: unknown) => unknown) | undefined;
}

/** An ErrorHandler, which may be async. */
interface Handler {
  handleError(error: unknown): unknown;
}

/** A part of the set-up that is found by injection; see {@link withDefaults}, {@link withLogger}, {@link withClock}, {@link withErrorHandler}. */
export type SchedulerFeature = (setup: SchedulerSetup) => SchedulerSetup;

/**
 * Gives every job default options; they go before those of `provideScheduler({ defaults })`.
 *
 * @param defaults the options, or a function that returns them and may call `inject`.
 */
export function withDefaults(defaults: JobOptions | (() => JobOptions)): SchedulerFeature {
  return (setup) => {
    const own = checkJobOptions(new Place('withDefaults', 'defaults'), typeof defaults === 'function' ? defaults() : defaults);
    return { ...setup, defaults: { ...setup.defaults, ...own } };
  };
}

/**
 * Writes the log to a logger of the app.
 *
 * @param logger the logger, false for none, or a function that returns either and may call `inject`. A logger that is itself a function
 *   of one entry must be returned by such a function.
 */
export function withLogger(logger: Exclude<LoggerOption, LogFunction> | (() => LoggerOption)): SchedulerFeature {
  return (setup) => ({ ...setup, logger: checkedLogger('withLogger(logger)', typeof logger === 'function' ? logger() : logger) });
}

/**
 * Lets the scheduler go by another clock: a `VirtualClock` in tests.
 *
 * @param clock the clock, or a function that returns it and may call `inject`.
 */
export function withClock(clock: Clock | (() => Clock)): SchedulerFeature {
  return (setup) => ({ ...setup, clock: checkedClock('withClock(clock)', typeof clock === 'function' ? clock() : clock) });
}

/**
 * Hands what fails to Angular's `ErrorHandler` as well as to the log: failed runs and triggers, gates and listeners. It is given the
 * error itself; which job it was the log tells, and the job's status.
 */
export function withErrorHandler(): SchedulerFeature {
  return (setup) => {
    const injector = inject(Injector);
    const zone = inject(NgZone);
    let handler: Handler | null = null;
    let handling = false;
    const lookUp = (): Handler => (handler ??= injector.get(ErrorHandler));
    // not at once, as it may itself want the scheduler; but before the injector is destroyed, when it gives nothing away any more
    void Promise.resolve()
      .then(lookUp)
      .catch(() => undefined);
    const onFailure = (error: unknown): unknown => {
      if (handling) return undefined; // what fails while the handler works goes to the log alone
      handling = true;
      try {
        const found = lookUp();
        return zone.runOutsideAngular(() => found.handleError(error));
      } finally {
        handling = false;
      }
    };
    return { ...setup, onFailure };
  };
}
