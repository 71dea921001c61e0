import type { Observable } from 'rxjs';
import type { JobOptions } from '../model/job-options.js';
import type { JobRun } from '../model/job-run.js';
import type { Trigger } from '../triggers/trigger.js';

/** Job options that hold the arguments of the job function. */
export interface WithArgs<A extends readonly unknown[]> {
  /** What the job function is called with, in place of the {@link JobRun}; `[]` calls it with nothing. */
  readonly args: readonly [...A];
}

/** Job options without arguments: the function is given its {@link JobRun}. */
export interface WithoutArgs {
  readonly args?: undefined;
}

/** What a trigger has to give to a run: nothing, but for a plain Observable its values. */
export type ValueOf<Source> = Source extends Trigger ? undefined : Source extends Observable<infer T> ? T : never;

/** A job in one value: what fires it, what it does, how. */
export interface JobDefinition {
  readonly jobId: string;
  /** A trigger, or any Observable: then each value is a fire. */
  readonly trigger: Observable<unknown>;
  /** Called once a run with the {@link JobRun}, or with `options.args`. */
  readonly job: (...args: never[]) => unknown;
  readonly options?: (JobOptions & { readonly args?: readonly unknown[] | undefined }) | undefined;
}

/** A job that is called with arguments. */
export interface ArgsJobDefinition<A extends readonly unknown[]> extends JobDefinition {
  readonly job: (...args: A) => unknown;
  readonly options: JobOptions & WithArgs<A>;
}

/** A job that is called with its {@link JobRun}. */
export interface RunJobDefinition<Source extends Observable<unknown>> extends JobDefinition {
  readonly trigger: Source;
  readonly job: (run: JobRun<ValueOf<Source>>) => unknown;
  readonly options?: (JobOptions & WithoutArgs) | undefined;
}
