import { jobName } from '../errors/job-name.js';
import type { ObservedJob } from '../jobs/job-context.js';
import type { FiredEvent, JobEvent } from '../model/job-event.js';
import type { Logger } from '../model/logger.js';

/** An instant so far past was given in seconds, in all likelihood: 20 years in ms. */
const LONG_PAST_MS = 20 * 365.25 * 86_400_000;

/** Writes the events of jobs to a logger: failures always, what is noteworthy as warnings, the rest for who debugs. */
export class JobLog {
  private readonly logger: Logger;
  /** Whether anybody reads debug and info lines; they are not even put together for nobody. */
  private readonly verbose: boolean;
  private readonly declined: WeakSet<ObservedJob> = new WeakSet();

  constructor(logger: Logger, verbose: boolean) {
    this.logger = logger;
    this.verbose = verbose;
  }

  /** A listener of one of the scheduler's streams threw. */
  listenerFailed(stream: string, error: unknown): void {
    this.logger.error(`a listener of ${stream} threw`, error);
  }

  /** Whether it has something to write of the events that come with every fire. */
  heeds(job: ObservedJob): boolean {
    return this.verbose || job.plan.triggerType === 'one-time';
  }

  event(job: ObservedJob, event: JobEvent): void {
    switch (event.type) {
      case 'failed':
        this.logger.error(`${nameOf(event)}: run of fire ${String(event.fire.index)} failed`, event.error);
        break;
      case 'trigger-failed':
        this.logger.error(`${nameOf(event)}: its trigger failed and will not fire any more`, event.error);
        break;
      case 'skipped':
        if (event.reason === 'overlap' || event.reason === 'limit') this.warnOfDecline(job, nameOf(event), event.reason);
        break;
      case 'fired':
        if (job.plan.triggerType === 'one-time') this.warnOfLongPast(event);
        break;
      case 'completed':
        if (job.status().fireCount === 0) this.logger.warn(`${nameOf(event)}: completed without a single fire: its trigger never comes`);
        break;
      default:
    }
    if (this.verbose) this.trace(nameOf(event), event);
  }

  private warnOfLongPast(event: FiredEvent): void {
    const { scheduledAt, firedAt } = event.fire;
    if (firedAt - scheduledAt <= LONG_PAST_MS) return;
    const when = new Date(scheduledAt).toISOString();
    this.logger.warn(`${nameOf(event)}: runs for ${when}, which is long past: was runAt in seconds instead of ms?`);
  }

  private trace(name: string, event: JobEvent): void {
    const { type } = event;
    const detail =
      'fire' in event ? ` fire ${String(event.fire.index)}` : type === 'armed' ? ` for ${new Date(event.runAt).toISOString()}` : '';
    const how = type === 'skipped' ? ` (${event.reason})` : type === 'gate' ? ` ${event.open ? 'opened' : 'closed'}` : '';
    const line = `${name}: ${type}${detail}${how}`;
    if ('fire' in event || type === 'armed') this.logger.debug(line);
    else this.logger.info(line);
  }

  private warnOfDecline(job: ObservedJob, name: string, reason: 'overlap' | 'limit'): void {
    if (this.declined.has(job)) return;
    this.declined.add(job);
    const { overlap, misfire } = job.plan.policy;
    const replays = misfire === 'all' && overlap === 'skip' ? " With misfire 'all', overlap 'queue' runs what is replayed." : '';
    const cause = reason === 'overlap' ? 'a run was still active' : 'its limit was reached';
    this.logger.warn(
      `${name}: a fire was skipped because ${cause} (overlap '${overlap}'); this is said once, see outcomes.${reason} in its status.${replays}`,
    );
  }
}

/** Only a line that is written is put together. */
function nameOf(event: JobEvent): string {
  return jobName(event.jobId);
}
