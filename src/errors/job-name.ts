/** The name of a job in log lines and errors. */
export function jobName(jobId: string): string {
  return `job ${JSON.stringify(jobId)}`;
}
