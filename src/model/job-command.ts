/** A command to a job of `runJob`. A command that does not fit the state of the job changes nothing. */
export type JobCommand =
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'run-now' }
  | { readonly type: 'remove'; readonly drain?: boolean | undefined };
