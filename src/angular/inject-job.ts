import { DestroyRef, Injector, NgZone, PendingTasks, afterNextRender, inject, runInInjectionContext } from '@angular/core';
import type { Observable } from 'rxjs';
import { checkedObject, flag, oneOf } from '../errors/check.js';
import type { JobDefinition, ValueOf, WithArgs, WithoutArgs } from '../jobs/job-definition.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import { inContext } from './in-context.js';
import { InjectedJob } from './injected-job.js';
import { isServer } from './is-server.js';
import type { Emitted, JobRef } from './job-ref.js';
import { injectScheduler } from './provide-scheduler.js';
import { TransferredValue } from './transferred-value.js';
import { jobWithin, zoneRegion } from './zone-region.js';

/** Options of {@link injectJob}: those of the job, and how it lives in Angular. */
export interface InjectJobOptions extends JobOptions {
  /** Whether its function runs inside Angular's zone; its timers never do. Default: what `provideScheduler` was told, else false. */
  readonly runInZone?: boolean | undefined;
  /**
   * What it does while a server renders: `'skip'`, nothing; `'run'`, one run at once, whatever its trigger, gate and pause say. The page waits
   * for its end, retries included, so give it a `timeout`. What it gave is `lastValue` there, and from the start on the client: it is
   * sent as JSON. Default `'skip'`.
   */
  readonly onServer?: 'skip' | 'run' | undefined;
  /** Where the scheduler is looked for, and whose life the job shares. Default: the injection context. */
  readonly injector?: Injector | undefined;
}

/**
 * Adds a job for as long as the component, directive, service or route lives that injects it, and shows it as signals.
 *
 * The job starts after the next rendering, so that a page that came from a server is hydrated before anything changes, and never on a
 * server. It is removed, and its active run cancelled, when the injection context is destroyed. Its function may call `inject` before its
 * first `await`. To schedule a method of the service itself, write the call as a field: `readonly job = injectJob('sync', trigger, () =>
 * this.sync())`.
 *
 * ## Example
 *
 * ```ts
 * import { Injector, createEnvironmentInjector } from '@angular/core';
 * import { intervalTrigger } from 'extended-scheduler';
 * import { injectJob } from 'extended-scheduler/angular';
 *
 * class PriceService {
 *   readonly prices = injectJob('prices', intervalTrigger({ seconds: 5 }), ({ signal }) =>
 *     fetch('/api/prices', { signal }).then((response) => response.json() as Promise<number[]>),
 *   );
 * }
 * ```
 *
 * @param jobId its name in the scheduler, not empty. That it is taken is found out when the job starts, and told to Angular's `ErrorHandler`.
 * @param trigger a trigger, or any Observable: then each value is a fire, and the function finds it in `run.value`.
 * @param job called once a run, with a `JobRun` or with `options.args`.
 * @throws InvalidOptionError when the id, the function or an option is not what it must be.
 * @throws InvalidTriggerError when the trigger is no Observable.
 */
export function injectJob<A extends readonly unknown[], R>(
  jobId: string,
  trigger: Observable<unknown>,
  job: (...args: A) => R,
  options: InjectJobOptions & WithArgs<A>,
): JobRef<Emitted<R>>;
export function injectJob<Source extends Observable<unknown>, R>(
  jobId: string,
  trigger: Source,
  job: (run: JobRun<ValueOf<Source>>) => R,
  options?: InjectJobOptions & WithoutArgs,
): JobRef<Emitted<R>>;
export function injectJob(
  jobId: string,
  trigger: Observable<unknown>,
  job: (...args: never[]) => unknown,
  options: InjectJobOptions & Pick<NonNullable<JobDefinition['options']>, 'args'> = {},
): JobRef<unknown> {
  const { injector, runInZone, onServer, ...jobOptions } = checkedObject('injectJob(options)', options);
  flag('injectJob(options.runInZone)', runInZone);
  oneOf('injectJob(options.onServer)', onServer, ['skip', 'run']);
  return inContext(injector, injectJob, () => {
    const scheduler = injectScheduler();
    scheduler.check({ jobId, trigger, job, options: jobOptions });
    const zone = inject(NgZone);
    const context = inject(Injector);
    const inItsContext: typeof job = (...args) => runInInjectionContext(context, () => job(...args));
    const inItsZone = runInZone === undefined ? inItsContext : jobWithin(zoneRegion(zone, runInZone), inItsContext);
    const injected = new InjectedJob(scheduler, { jobId, trigger, job: inItsZone, options: jobOptions }, new TransferredValue(jobId));
    if (isServer()) {
      if (onServer === 'run') injected.runOnce(inject(PendingTasks));
    } else {
      afterNextRender(() => {
        zone.runOutsideAngular(() => {
          injected.start();
        });
      });
    }
    inject(DestroyRef).onDestroy(() => {
      injected.end();
    });
    return injected;
  });
}
