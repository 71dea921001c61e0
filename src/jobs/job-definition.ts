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

/** The arguments that a function with the parameters `A` can be called with. It ignores further ones. */
export type JobArgs<A extends readonly unknown[]> =
  readonly [...A] | (number extends A['length'] ? never : readonly [...A, ...ignored: unknown[]]);

/**
 * The last argument of `addJob` and similar methods, for a job function with the parameters `A`: the options `Own`. They may be left out if
 * the function can be called with the run. Otherwise they must have `args`. (The second alternative cannot be passed. With it the
 * compiler names `options.args` if the options are missing.)
 */
export type JobOptionsArgument<A extends readonly unknown[], Run, Own extends JobOptions> = ((...args: A) => unknown) extends (
  run: Run,
) => unknown
  ? [options?: (Own & { readonly args?: JobArgs<A> | undefined }) | undefined]
  : [options: Own & { readonly args: JobArgs<A> }] | [needs: 'options.args', orElseAJobOf: Run, never];

/** The options in a {@link JobOptionsArgument}. Null stays null: it is an error. */
export function optionsIn([options = {}]: readonly unknown[]): NonNullable<JobDefinition['options']> {
  return options as NonNullable<JobDefinition['options']>;
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
