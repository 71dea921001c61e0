import type { Observable } from 'rxjs';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import type { Trigger } from '../triggers/trigger.js';

/** Job options that hold the arguments of the job function. */
export interface WithArgs<A extends readonly unknown[]> {
  /** Arguments of the job function, instead of the {@link JobRun}. `[]` calls it without arguments. */
  readonly args: readonly [...A];
}

/** Job options without arguments: the job function gets the {@link JobRun}. */
export interface WithoutArgs {
  readonly args?: undefined;
}

/** The type of `run.value`: undefined for a trigger, the type of the values for any other Observable. */
export type ValueOf<Source> = Source extends Trigger ? undefined : Source extends Observable<infer T> ? T : never;

/** A job as one object. */
export interface JobDefinition {
  readonly jobId: string;
  /** A trigger, or any other Observable: each of its values is a fire. */
  readonly trigger: Observable<unknown>;
  /** The job function. It gets the {@link JobRun}, or `options.args`. */
  readonly job: (...args: never[]) => unknown;
  readonly options?: (JobOptions & { readonly args?: readonly unknown[] | undefined }) | undefined;
}

/** A job whose function gets arguments. */
export interface ArgsJobDefinition<A extends readonly unknown[]> extends JobDefinition {
  readonly job: (...args: A) => unknown;
  readonly options: JobOptions & WithArgs<A>;
}

/** A job whose function gets the {@link JobRun}. */
export interface RunJobDefinition<Source extends Observable<unknown>> extends JobDefinition {
  readonly trigger: Source;
  readonly job: (run: JobRun<ValueOf<Source>>) => unknown;
  readonly options?: (JobOptions & WithoutArgs) | undefined;
}
