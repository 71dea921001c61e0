/** Which of the coming runs of a job are wanted. */
export interface ComingQuery {
  /** Maximum number of results. */
  readonly count: number;
  /** The first and the last instant, both inclusive, in epoch ms. */
  readonly from: number;
  readonly until: number;
  /** Number of runs that `maxRuns` still allows. */
  readonly runsLeft: number;
  /** When the next fire will come, in epoch ms. NaN if the job is paused or its gate is closed. */
  readonly armedAt: number;
}
