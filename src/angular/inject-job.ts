import {
  DestroyRef,
  EnvironmentInjector,
  ErrorHandler,
  Injector,
  NgZone,
  PendingTasks,
  afterNextRender,
  inject,
  runInInjectionContext,
} from '@angular/core';
import type { Observable, Subscription } from 'rxjs';
import { checkedObject, flag, oneOf } from '../checks/check.js';
import type { JobDefinition, ValueOf, WithArgs, WithoutArgs } from '../jobs/job-definition.js';
import type { Caller } from '../jobs/job-plan.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import type { Scheduler } from '../scheduler/scheduler.js';
import type { Region } from '../model/region.js';
import { inContext } from './in-context.js';
import { InjectedJob } from './injected-job.js';
import { InjectedScheduler, zoneRegion } from './injected-scheduler.js';
import { isServer } from './is-server.js';
import type { Emitted, JobRef } from './job-ref.js';
import { placed } from './placed.js';
import { injectScheduler } from './provide-scheduler.js';
import { TransferredValue } from './transferred-value.js';

/** Options of {@link injectJob}: those of the job, and how it lives in Angular. */
export interface InjectJobOptions extends JobOptions {
  /** Whether its function runs inside Angular's zone; its timers never do. Default: what `provideScheduler` was told, else false. */
  readonly runInZone?: boolean | undefined;
  /**
   * What it does while a server renders: `'skip'`, nothing; `'run'`, one run at once, whatever its trigger, gate and pause say. The page waits
   * for its end, retries included, so give it a `timeout`. What it gave, if it succeeded and can be written as
   * JSON, is `lastValue` there, and from the start on the client. Default `'skip'`.
   */
  readonly onServer?: 'skip' | 'run' | undefined;
  /** Where the scheduler is looked for, and whose life the job shares. Default: the injection context. */
  readonly injector?: Injector | undefined;
}

/** Those of either form of {@link injectJob}. */
export type AnyInjectJobOptions = InjectJobOptions & Pick<NonNullable<JobDefinition['options']>, 'args'>;

const INJECT_JOB: Caller = { name: 'injectJob', also: ['runInZone', 'onServer', 'injector'] };

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
  job: JobDefinition['job'],
  options: AnyInjectJobOptions = {},
): JobRef<unknown> {
  const { injector, runInZone, onServer, ...jobOptions } = checkedObject('injectJob(options)', options);
  flag('injectJob(options.runInZone)', runInZone);
  oneOf('injectJob(options.onServer)', onServer, ['skip', 'run']);
  return inContext('injectJob', injectJob, injector, () => {
    const scheduler = injectScheduler();
    const given = scheduler.checked({ jobId, trigger, job, options: jobOptions }, INJECT_JOB);
    const region = jobRegion(scheduler, runInZone);
    const definition: JobDefinition = { ...given, job: placed(region, job) };
    const transferred = onServer === 'run' ? new TransferredValue(jobId) : null;
    const onClient = !isServer();
    const injected = new InjectedJob(scheduler, definition, onClient ? transferred?.take() : undefined);
    const forget = inject(DestroyRef).onDestroy(() => {
      injected.destroy();
    });
    if (onClient) {
      afterNextRender(() => {
        try {
          injected.start().add(forget);
        } catch (error) {
          forget();
          throw error;
        }
      });
    } else if (transferred !== null) {
      whilePending(() => injected.runOnce(transferred));
    }
    return injected;
  });
}

/** Where the function of a job runs: in the injection context, and inside the zone or outside. */
function jobRegion(scheduler: Scheduler, runInZone: boolean | undefined): Region {
  const inZone = runInZone ?? (scheduler instanceof InjectedScheduler && scheduler.runInZone);
  const zone = zoneRegion(inject(NgZone), inZone);
  const context = inject(Injector);
  const isGone = (): boolean => context instanceof EnvironmentInjector && context.destroyed;
  return (work) => zone(() => (isGone() ? work() : runInInjectionContext(context, work)));
}

/** Begins, when the constructors are through, what the page waits for. What goes wrong is told as in a job that starts on the client. */
function whilePending(begin: () => Subscription): void {
  const done = inject(PendingTasks).add();
  const errors = inject(ErrorHandler);
  void Promise.resolve()
    .then(() => {
      begin().add(done);
    })
    .catch((error: unknown) => {
      done();
      errors.handleError(error);
    })
    .catch(() => undefined); // the handler itself failed: nobody is left to tell, and the process is to live
}
