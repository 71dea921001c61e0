/** What can be asked of a running job. A command that does not fit the job's state changes nothing. */
export type JobCommand =
  | { readonly type: 'pause' }
  | { readonly type: 'resume' }
  | { readonly type: 'run-now' }
  | { readonly type: 'remove'; readonly drain?: boolean | undefined };
