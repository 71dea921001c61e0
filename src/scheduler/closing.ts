import { jobName } from '../errors/job-name.js';
import type { JobEvent } from '../model/job-event.js';
import type { LogFunction } from '../model/logger.js';
import type { ShutdownResult } from './registry-options.js';

/** A shutdown in progress. It records what happens to the runs that were active at its start. */
export class Closing {
  /** Resolves when the registry is empty. */
  readonly done: Promise<ShutdownResult>;
  private readonly log: LogFunction;
  /** The jobs whose active runs have not ended yet. */
  private readonly waitedFor: Set<string>;
  private readonly result: ShutdownResult = { drained: [], cancelled: [] };
  private resolve: (result: ShutdownResult) => void = () => undefined;
  private isDraining = false;
  private isOver = false;

  /** @param active the ids of the jobs with active runs. */
  constructor(active: Iterable<string>, log: LogFunction) {
    this.log = log;
    this.waitedFor = new Set(active);
    this.done = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** Lets active runs end. */
  drain(): void {
    this.isDraining = true;
  }

  /** Records an event of a job. A job counts as cancelled if one of its runs was. */
  event(event: JobEvent): void {
    const { jobId } = event;
    if (event.type === 'removed') {
      if (this.waitedFor.delete(jobId)) this.result.drained.push(jobId);
    } else if (event.type === 'cancelled' && event.startedAt !== null && this.waitedFor.delete(jobId)) {
      this.result.cancelled.push(jobId);
      if (!this.isDraining) return;
      this.log({ level: 'warn', message: `${jobName(jobId)}: a run did not end in time and was cancelled by the shutdown`, jobId, event });
    }
  }

  /** Marks the end. @returns true on the first call. */
  end(): boolean {
    if (this.isOver) return false;
    this.isOver = true;
    return true;
  }

  finish(): void {
    this.resolve(this.result);
  }
}
