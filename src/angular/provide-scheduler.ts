import { DestroyRef, NgZone, assertInInjectionContext, inject, makeEnvironmentProviders } from '@angular/core';
import type { EnvironmentProviders } from '@angular/core';
import { checkKeys, flag, givenOf } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { alsoTelling, checkedLogger } from '../jobs/loggers.js';
import { REGISTRY_OPTIONS } from '../scheduler/registry-options.js';
import type { RegistryOptions } from '../scheduler/registry-options.js';
import { Scheduler } from '../scheduler/scheduler.js';
import { checkedClock, timersWithin } from '../time/world.js';
import type { SchedulerFeature, SchedulerSetup } from './features.js';
import { InjectedScheduler, zoneRegion } from './injected-scheduler.js';
import { isServer } from './is-server.js';

/** Options of {@link provideScheduler}. */
export interface ProvideSchedulerOptions extends RegistryOptions {
  /**
   * Whether job functions run inside Angular's zone, so that each run is followed by change detection, as needed by views that read
   * plain fields. Signals need none. Without zone.js it makes no difference. Timers never are in the zone. Default false.
   */
  readonly runInZone?: boolean | undefined;
}

/**
 * Provides a `Scheduler` to an environment injector: that of the app, or of a route. It is shut down with its injector.
 *
 * While a server renders, every job is added paused and stays so: nothing fires there, no timer waits, and no Observable is subscribed.
 *
 * ## Example
 *
 * ```ts
 * import { provideScheduler, withDefaults, withErrorHandler } from 'extended-scheduler/angular';
 *
 * // in an app these are the `providers` of its config
 * const providers = [provideScheduler({ logger: console }, withDefaults({ timeout: { seconds: 10 } }), withErrorHandler())];
 * console.log(providers.length);
 * // Logs:
 * // 1
 * ```
 *
 * @param options of the scheduler.
 * @param features parts of the set-up that are found by injection; they go before the options.
 * @throws InvalidOptionError when an option is unknown; when the scheduler is first injected, if one is not what it must be.
 */
export function provideScheduler(options: ProvideSchedulerOptions = {}, ...features: readonly SchedulerFeature[]): EnvironmentProviders {
  checkKeys('provideScheduler(options)', options, [...REGISTRY_OPTIONS, 'runInZone']);
  flag('provideScheduler(options.runInZone)', options.runInZone);
  checkedClock('provideScheduler(options.clock)', options.clock);
  const wrong = features.findIndex((feature) => typeof (feature as unknown) !== 'function');
  if (wrong >= 0)
    throw new InvalidOptionError('provideScheduler(...features)', features[wrong], 'features like withDefaults() and withLogger()');
  return makeEnvironmentProviders([{ provide: Scheduler, useFactory: () => makeScheduler(options, features) }]);
}

/**
 * The `Scheduler` of the injection context; `inject(Scheduler)` is the same.
 *
 * @throws an error that says what to do, when none is provided.
 */
export function injectScheduler(): Scheduler {
  assertInInjectionContext(injectScheduler);
  const scheduler = inject(Scheduler, { optional: true });
  if (scheduler === null) throw new Error('No Scheduler is provided: add provideScheduler() to the providers of the app or the route');
  return scheduler;
}

function makeScheduler({ runInZone = false, ...options }: ProvideSchedulerOptions, features: readonly SchedulerFeature[]): Scheduler {
  const { onFailure, ...setup } = features.reduce<SchedulerSetup>((before, feature) => feature(before), givenOf(options));
  const logger = checkedLogger('provideScheduler(options.logger)', setup.logger);
  const zone = inject(NgZone);
  const scheduler = new InjectedScheduler(
    {
      ...setup,
      clock: setup.clock ?? timersWithin(zoneRegion(zone, false), setup.slackMs),
      logger: onFailure === undefined ? logger : alsoTelling(logger, onFailure),
    },
    { zone, runInZone, onServer: isServer() },
  );
  inject(DestroyRef).onDestroy(() => void scheduler.shutdown());
  return scheduler;
}
