import { ErrorHandler, inject, Injector, NgZone } from '@angular/core';
import { Place } from '../checks/place.js';
import { checkJobOptions } from '../jobs/job-plan.js';
import { checkedLogger } from '../jobs/loggers.js';
import type { JobOptions } from '../model/job-options.js';
import type { LogFunction, LoggerOption } from '../model/logger.js';
import type { RegistryOptions } from '../scheduler/registry-options.js';
import type { Clock } from '../time/clock.js';
import { checkedClock } from '../time/world.js';

/** The set-up of a provided scheduler. */
export interface SchedulerSetup extends RegistryOptions {
  /**
   * Gets every failure, in addition to the log.
   *
   * @default none
   */
  readonly onFailure?: ((error: unknown) => unknown) | undefined;
}

/** An ErrorHandler. It may be async. */
interface Handler {
  handleError(error: unknown): unknown;
}

/**
 * A part of the set-up that may use injection, see {@link withDefaults}, {@link withLogger}, {@link withClock}, {@link withErrorHandler}.
 */
export type SchedulerFeature = (setup: SchedulerSetup) => SchedulerSetup;

/**
 * Sets default options of every job. They take precedence over `provideScheduler({ defaults })`.
 *
 * @param defaults the options, or a function that returns them. It may call `inject`.
 * @returns a feature for `provideScheduler`.
 * @throws InvalidOptionError when the scheduler is created, if an option is unknown or not valid.
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
 * @param logger the logger, false for no log, or a function that returns either. It may call `inject`. If your logger is a function of one
 *   entry, pass a function that returns it.
 * @returns a feature for `provideScheduler`.
 * @throws InvalidOptionError when the scheduler is created, if the logger is not valid.
 */
export function withLogger(logger: Exclude<LoggerOption, LogFunction> | (() => LoggerOption)): SchedulerFeature {
  return (setup) => ({ ...setup, logger: checkedLogger('withLogger(logger)', typeof logger === 'function' ? logger() : logger) });
}

/**
 * Sets the clock, such as a `VirtualClock` in tests.
 *
 * @param clock the clock, or a function that returns it. It may call `inject`.
 * @returns a feature for `provideScheduler`.
 * @throws InvalidOptionError when the scheduler is created, if the clock is not valid.
 */
export function withClock(clock: Clock | (() => Clock)): SchedulerFeature {
  return (setup) => ({ ...setup, clock: checkedClock('withClock(clock)', typeof clock === 'function' ? clock() : clock) });
}

/**
 * Passes failures to Angular's `ErrorHandler`, in addition to the log: those of runs, triggers, gates and listeners. It gets the error
 * itself. The log and the status say which job failed.
 *
 * @returns a feature for `provideScheduler`.
 */
export function withErrorHandler(): SchedulerFeature {
  return (setup) => {
    const injector = inject(Injector);
    const zone = inject(NgZone);
    let handler: Handler | null = null;
    let isHandling = false;
    const lookUp = (): Handler => (handler ??= injector.get(ErrorHandler));
    // later, since the handler may inject the scheduler, but before the injector is destroyed
    void Promise.resolve()
      .then(lookUp)
      .catch(() => undefined);
    const onFailure = (error: unknown): unknown => {
      if (isHandling) return undefined; // failures inside the handler are only logged
      isHandling = true;
      try {
        const found = lookUp();
        return zone.runOutsideAngular(() => found.handleError(error));
      } finally {
        isHandling = false;
      }
    };
    return { ...setup, onFailure };
  };
}
