import { jobName } from '../errors/job-name.js';
import type { ObservedJob } from '../jobs/job-context.js';
import { instantText } from '../model/instant.js';
import type { JobEvent, RetryingEvent } from '../model/job-event.js';
import type { LogFunction, LogLevel } from '../model/logger.js';

/** Maximum lateness of a one-time job without a warning. An earlier instant was probably passed in seconds: 20 years in ms. */
const LONG_PAST_MS = 20 * 365.25 * 86_400_000;

/** Writes the events of jobs to a log: failures as errors, unusual events as warnings, the others as debug and info lines. */
export class JobLog {
  private readonly log: LogFunction;
  /** True if debug and info lines are written. Otherwise the events that come with every fire need not be created. */
  readonly verbose: boolean;
  private readonly declined: WeakSet<ObservedJob> = new WeakSet();

  constructor(log: LogFunction, verbose: boolean) {
    this.log = log;
    this.verbose = verbose;
  }

  /** A listener of one of the scheduler's streams threw. */
  listenerFailed(stream: string, error: unknown): void {
    this.log({ level: 'error', message: `a listener of ${stream} threw`, error });
  }

  event(job: ObservedJob, event: JobEvent): void {
    switch (event.type) {
      case 'failed': {
        const { fire, error } = event;
        this.write('error', event, `run of fire ${String(fire.index)} failed`, { error });
        break;
      }
      case 'trigger-failed':
        this.write('error', event, 'its trigger failed and will not fire again', { error: event.error });
        break;
      case 'retrying':
        this.warnOfRetry(event);
        break;
      case 'skipped':
        if (event.reason === 'overlap' || event.reason === 'limit') this.warnOfDecline(job, event, event.reason);
        break;
      case 'added':
      case 'rescheduled':
        this.warnOfLongPast(job, event);
        break;
      case 'completed':
        if (job.status().fireCount === 0) this.write('warn', event, 'completed without a fire: its trigger has no occurrence');
        break;
      default:
    }
    if (this.verbose) this.trace(event);
  }

  private write(level: LogLevel, event: JobEvent, text: string, failure?: { readonly error: unknown }): void {
    const { jobId } = event;
    const fire = 'fire' in event ? { fire: event.fire } : null;
    this.log({ level, message: `${jobName(jobId)}: ${text}`, jobId, ...fire, event, ...failure });
  }

  private warnOfRetry(event: RetryingEvent): void {
    const { fire, attempt, delayMs, error } = event;
    const text = `attempt ${String(attempt - 1)} of fire ${String(fire.index)} failed; attempt ${String(attempt)} starts in ${String(delayMs)} ms`;
    this.write('warn', event, text, { error });
  }

  private warnOfLongPast(job: ObservedJob, event: JobEvent): void {
    const { definition } = job.plan;
    if (definition?.type !== 'one-time' || event.at - definition.runAt <= LONG_PAST_MS) return;
    this.write('warn', event, `runs for ${instantText(definition.runAt)}, more than 20 years ago: was runAt in seconds instead of ms?`);
  }

  private trace(event: JobEvent): void {
    const { type } = event;
    const isOfFire = 'fire' in event;
    const detail = isOfFire
      ? ` fire ${String(event.fire.index)}`
      : type === 'armed'
        ? ` for ${event.runAt === null ? 'nothing' : instantText(event.runAt)}`
        : '';
    const how = type === 'skipped' ? ` (${event.reason})` : type === 'gate' ? ` ${event.open ? 'opened' : 'closed'}` : '';
    this.write(isOfFire || type === 'armed' ? 'debug' : 'info', event, `${type}${detail}${how}`);
  }

  private warnOfDecline(job: ObservedJob, event: JobEvent, reason: 'overlap' | 'limit'): void {
    if (this.declined.has(job)) return;
    this.declined.add(job);
    const { overlap, misfire } = job.plan.policy;
    const replays = misfire === 'all' && overlap === 'skip' ? " With misfire 'all', overlap 'queue' runs the replayed fires." : '';
    const cause = reason === 'overlap' ? 'a run was still active' : 'its limit was reached';
    const where = `logged once a job, see outcomes.${reason} in its status`;
    this.write('warn', event, `a fire was skipped because ${cause} (overlap '${overlap}'); ${where}.${replays}`);
  }
}
