import { jobName } from '../errors/job-name.js';
import type { JobEvent } from '../model/job-event.js';
import type { LogFunction } from '../model/logger.js';
import type { ShutdownResult } from './registry-options.js';

/** A shutdown under way: keeps account of the runs that were active when it began. */
export class Closing {
  /** Resolves when the registry is empty. */
  readonly done: Promise<ShutdownResult>;
  private readonly log: LogFunction;
  /** The jobs with active runs that have not ended yet. */
  private readonly waitedFor: Set<string>;
  private readonly result: ShutdownResult = { drained: [], cancelled: [] };
  private resolve: (result: ShutdownResult) => void = () => undefined;
  private drains = false;
  private over = false;

  /** @param active the ids of the jobs with active runs. */
  constructor(active: Iterable<string>, log: LogFunction) {
    this.log = log;
    this.waitedFor = new Set(active);
    this.done = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  /** The active runs may end first. */
  drain(): void {
    this.drains = true;
  }

  /** Takes note of what becomes of an active run: the first that is cancelled decides on its job. */
  event(event: JobEvent): void {
    const { jobId } = event;
    if (event.type === 'removed') {
      if (this.waitedFor.delete(jobId)) this.result.drained.push(jobId);
    } else if (event.type === 'cancelled' && event.startedAt !== null && this.waitedFor.delete(jobId)) {
      this.result.cancelled.push(jobId);
      if (!this.drains) return; // that is what was asked for
      this.log({ level: 'warn', message: `${jobName(jobId)}: a run did not end in time and was cancelled by the shutdown`, jobId, event });
    }
  }

  /** True the first time. */
  end(): boolean {
    if (this.over) return false;
    this.over = true;
    return true;
  }

  finish(): void {
    this.resolve(this.result);
  }
}
