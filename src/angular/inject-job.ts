import {
  afterNextRender,
  DestroyRef,
  EnvironmentInjector,
  ErrorHandler,
  inject,
  Injector,
  NgZone,
  PendingTasks,
  runInInjectionContext,
} from '@angular/core';
import type { Observable, Subscription } from 'rxjs';
import { checkedObject, flag, oneOf } from '../checks/check.js';
import type { JobDefinition, ValueOf, WithArgs, WithoutArgs } from '../jobs/job-definition.js';
import type { Caller } from '../jobs/job-plan.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import type { Region } from '../model/region.js';
import type { Scheduler } from '../scheduler/scheduler.js';
import { inContext } from './in-context.js';
import { InjectedJob } from './injected-job.js';
import { InjectedScheduler, zoneRegion } from './injected-scheduler.js';
import { isServer } from './is-server.js';
import type { Emitted, JobRef } from './job-ref.js';
import { placed } from './placed.js';
import { injectScheduler } from './provide-scheduler.js';
import { TransferredValue } from './transferred-value.js';

const ON_SERVER = ['skip', 'run'] as const;

/** Options of {@link injectJob}: those of a job, and some for Angular. */
export interface InjectJobOptions extends JobOptions {
  /**
   * True runs the job function inside Angular's zone. Its timers never run there.
   *
   * @default the option of `provideScheduler`, else false
   */
  readonly runInZone?: boolean | undefined;
  /**
   * What the job does on a server. `'skip'`: nothing. `'run'`: one run at once, regardless of trigger, gate and pause. The page waits for
   * its end, including retries: set a `timeout`. If the run succeeds and its value can be written as JSON, it is `lastValue` on the
   * server and from the start on the client.
   *
   * @default 'skip'
   */
  readonly onServer?: (typeof ON_SERVER)[number] | undefined;
  /**
   * Provides the scheduler. The job lives as long as this injector.
   *
   * @default the present injection context
   */
  readonly injector?: Injector | undefined;
}

/** The options of both overloads of {@link injectJob}. */
export type AnyInjectJobOptions = InjectJobOptions & Pick<NonNullable<JobDefinition['options']>, 'args'>;

const INJECT_JOB: Caller = { name: 'injectJob', also: ['runInZone', 'onServer', 'injector'] };

/**
 * Adds a job that lives as long as the component, directive, service or route that injects it, and exposes it as signals.
 *
 * The job starts after the next rendering, when a page from a server is hydrated. On a server it does not start. When the injection
 * context is destroyed, the job is removed and its active run is cancelled. The job function may call `inject` before its first `await`.
 * To schedule a method of a service, call this in a field: `readonly job = injectJob('sync', trigger, () => this.sync())`.
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
 * @param jobId the id in the scheduler. Must not be empty. If it is in use when the job starts, Angular's `ErrorHandler` gets an error.
 * @param trigger a trigger, or any other Observable: each of its values is a fire, and `run.value` holds it.
 * @param job the job function. It gets a `JobRun`, or `options.args`.
 * @param options options of the job, and some for Angular.
 * @returns the job as signals and methods.
 * @throws InvalidOptionError if the id, the function or an option is not valid.
 * @throws InvalidTriggerError if the trigger is not an Observable.
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
  oneOf('injectJob(options.onServer)', onServer, ON_SERVER);
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

/** The region of a job function: the injection context, inside or outside the zone. */
function jobRegion(scheduler: Scheduler, runInZone: boolean | undefined): Region {
  const inZone = runInZone ?? (scheduler instanceof InjectedScheduler && scheduler.runInZone);
  const zone = zoneRegion(inject(NgZone), inZone);
  const context = inject(Injector);
  const isGone = (): boolean => context instanceof EnvironmentInjector && context.destroyed;
  return (work) => zone(() => (isGone() ? work() : runInInjectionContext(context, work)));
}

/** Starts work that the page waits for, after all constructors. Errors go to the `ErrorHandler`, as on the client. */
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
    .catch(() => undefined); // the handler failed: nothing is left to report to
}
