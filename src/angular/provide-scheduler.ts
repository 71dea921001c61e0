import type { EnvironmentProviders } from '@angular/core';
import { assertInInjectionContext, DestroyRef, inject, makeEnvironmentProviders, NgZone } from '@angular/core';
import { checkKeys, flag, givenOf } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { alsoReporting, checkedLogger } from '../jobs/loggers.js';
import type { RegistryOptions } from '../scheduler/registry-options.js';
import { REGISTRY_OPTIONS } from '../scheduler/registry-options.js';
import { Scheduler } from '../scheduler/scheduler.js';
import { checkedClock, timersWithin } from '../time/world.js';
import type { SchedulerFeature, SchedulerSetup } from './features.js';
import { InjectedScheduler, zoneRegion } from './injected-scheduler.js';
import { isServer } from './is-server.js';

/** Options of {@link provideScheduler}. */
export interface ProvideSchedulerOptions extends RegistryOptions {
  /**
   * True runs job functions inside Angular's zone, so change detection follows each run. Views that read plain fields need it, signals do
   * not. Without zone.js it has no effect. Timers never run in the zone.
   *
   * @default false
   */
  readonly runInZone?: boolean | undefined;
}

/**
 * Provides a `Scheduler` for the app or for a route. It is shut down with its injector.
 *
 * On a server every job is added paused and stays paused: nothing fires, there is no timer, and no Observable is subscribed.
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
 * @param options options of the scheduler.
 * @param features parts of the set-up that may use injection. They take precedence over the options.
 * @returns providers for the app or a route.
 * @throws InvalidOptionError if an option is unknown. If an option is not valid, when the scheduler is first injected.
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
 * Injects the provided `Scheduler`, as `inject(Scheduler)` does.
 *
 * @returns the scheduler of the nearest injector.
 * @throws Error if none is provided. The message says what to do.
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
      logger: onFailure === undefined ? logger : alsoReporting(logger, onFailure),
    },
    { zone, runInZone, onServer: isServer() },
  );
  inject(DestroyRef).onDestroy(() => void scheduler.shutdown());
  return scheduler;
}
