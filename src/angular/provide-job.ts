import type { EnvironmentProviders } from '@angular/core';
import { provideEnvironmentInitializer } from '@angular/core';
import type { Observable } from 'rxjs';
import { checkedObject } from '../checks/check.js';
import type { JobDefinition, ValueOf, WithArgs, WithoutArgs } from '../jobs/job-definition.js';
import type { JobRun } from '../model/job-run.js';
import type { AnyInjectJobOptions, InjectJobOptions } from './inject-job.js';
import { injectJob } from './inject-job.js';

/** Options of {@link provideJob}: those of `injectJob` without `injector`. */
export type ProvideJobOptions = Omit<InjectJobOptions, 'injector'>;

/**
 * Adds a job that lives as long as the app, or as the route that has it among its providers. The job function may call `inject`. So you can
 * schedule a method of a service that does not know about it. The service is created at the first run.
 *
 * ## Example
 *
 * ```ts
 * import { inject } from '@angular/core';
 * import { cronTrigger } from 'extended-scheduler';
 * import { provideJob, provideScheduler } from 'extended-scheduler/angular';
 *
 * class ReportService {
 *   send(): void {}
 * }
 *
 * const providers = [
 *   provideScheduler(),
 *   provideJob('reports', cronTrigger('0 7 * * MON-FRI', { timezone: 'Europe/Vienna' }), () => inject(ReportService).send()),
 * ];
 * console.log(providers.length);
 * // Logs:
 * // 2
 * ```
 *
 * @param jobId see {@link injectJob}, for this and the other parameters.
 * @returns providers for the app or a route.
 * @throws InvalidOptionError or InvalidTriggerError when the injector is created, if an argument is not valid.
 */
export function provideJob<A extends readonly unknown[]>(
  jobId: string,
  trigger: Observable<unknown>,
  job: (...args: A) => unknown,
  options: ProvideJobOptions & WithArgs<A>,
): EnvironmentProviders;
export function provideJob<Source extends Observable<unknown>>(
  jobId: string,
  trigger: Source,
  job: (run: JobRun<ValueOf<Source>>) => unknown,
  options?: ProvideJobOptions & WithoutArgs,
): EnvironmentProviders;
export function provideJob(
  jobId: string,
  trigger: Observable<unknown>,
  job: JobDefinition['job'],
  options: Omit<AnyInjectJobOptions, 'injector'> = {},
): EnvironmentProviders {
  const given = { ...checkedObject('provideJob(options)', options) };
  return provideEnvironmentInitializer(() => {
    injectJob(jobId, trigger, job, given as ProvideJobOptions & WithArgs<never[]>);
  });
}
