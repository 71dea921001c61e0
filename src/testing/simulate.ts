import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { checkKeys } from '../checks/check.js';
import { apply, elapsedAt, initialState, statusOf } from '../jobs/ledger-state.js';
import type { LedgerState } from '../jobs/ledger-state.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobStatus } from '../model/job-status.js';
import type { LoggerOption } from '../model/logger.js';
import type { InstantLike } from '../model/instant.js';
import { Scheduler } from '../scheduler/scheduler.js';
import { instantOption } from '../checks/instant.js';
import { VirtualClock } from './virtual-clock.js';

/** Options of {@link simulate}. */
export interface SimulateOptions {
  /** When the plan begins. */
  readonly from: InstantLike;
  /** Until when it runs, inclusive. */
  readonly to: InstantLike;
  /** As in `new Scheduler`. */
  readonly defaults?: JobOptions | undefined;
  /** Where the scheduler writes its log. Default: nowhere, as all of it is in the result. */
  readonly logger?: LoggerOption | undefined;
  /** Whether every event is kept; a year of many jobs has millions. Default true. */
  readonly keepEvents?: boolean | undefined;
}

/** What became of one job. */
export interface JobSummary {
  readonly jobId: string;
  /** How many fires there were. */
  readonly fires: number;
  /** When the first and the last of them were due, in epoch ms; null where there was none. */
  readonly firstFire: number | null;
  readonly lastFire: number | null;
  /** How many fires had which outcome; the skipped ones by their reason as well. */
  readonly outcomes: JobStatus['outcomes'];
  /** How many fires came while a run was active, whatever became of them. */
  readonly overlaps: number;
  /** How many occurrences were folded into late fires. */
  readonly missed: number;
  /** The status at the end; a job that was removed before then has its last. */
  readonly status: JobStatus;
}

/** What came of a plan. */
export interface Simulation {
  /** In epoch ms. */
  readonly from: number;
  readonly to: number;
  /** The log, in order; empty without `keepEvents`. */
  readonly events: readonly JobEvent[];
  /** What became of each job, by job id, in the order of adding; of two jobs that had one id after another, the later. */
  readonly jobs: ReadonlyMap<string, JobSummary>;
}

/**
 * Runs a whole scheduler on a virtual clock, and tells what came of it: "what would this plan do over the DST weekend?" in one call.
 *
 * Promises settle between timers, so that async jobs and retries run as they would. It is the same on every run.
 *
 * ## Example
 *
 * ```ts
 * import { simulate } from 'extended-scheduler/testing';
 *
 * const { jobs } = await simulate(
 *   (scheduler) => scheduler.addCronJob('nightly', '30 2 * * *', () => undefined, { timezone: 'America/New_York' }),
 *   { from: new Date('2026-03-07T05:00:00Z'), to: new Date('2026-03-10T04:00:00Z') }, // the clocks go forward on the 8th
 * );
 * console.log(jobs.get('nightly')?.fires, new Date(jobs.get('nightly')?.lastFire ?? 0).toISOString());
 * // Logs:
 * // 3 2026-03-09T06:30:00.000Z
 * ```
 *
 * @param setup adds the jobs; it is given the clock too, for jobs that take their time: `clock.block(500)`, or RxJS's `timer(500, clock)`.
 * @throws InvalidOptionError when a bound is no instant, or `to` is before `from`; whatever `setup` throws.
 */
export async function simulate(
  setup: (scheduler: Scheduler, clock: VirtualClock) => unknown,
  options: SimulateOptions,
): Promise<Simulation> {
  checkKeys('simulate(options)', options, ['from', 'to', 'defaults', 'logger', 'keepEvents']);
  const { defaults, logger = false, keepEvents = true } = options;
  const from = instantOption('simulate(options.from)', options.from);
  const to = instantOption('simulate(options.to)', options.to);
  if (to < from) throw new InvalidOptionError('simulate(options.to)', options.to, 'an instant not before from');
  const clock = new VirtualClock(from);
  const scheduler = new Scheduler({ clock, defaults, logger });
  const events: JobEvent[] = [];
  const tallies: Map<string, Tally> = new Map();
  const write = (event: JobEvent): void => {
    if (keepEvents) events.push(event);
    if (event.type === 'added') tallies.set(event.jobId, new Tally(event.jobId));
    tallies.get(event.jobId)?.count(event);
  };
  const subscription = scheduler.events$.subscribe({ next: write, error: () => undefined }); // it never errors
  try {
    await setup(scheduler, clock);
    await clock.advanceTo(to);
    return { from, to, events, jobs: new Map([...tallies].map(([jobId, tally]) => [jobId, tally.summary(to)])) };
  } finally {
    subscription.unsubscribe();
    await scheduler.shutdown();
  }
}

/** Counts as it goes: the log itself may be too long to keep. */
class Tally {
  private readonly state: LedgerState;
  private firstFire: number | null = null;
  private lastFire: number | null = null;
  private overlaps = 0;
  private missed = 0;

  constructor(jobId: string) {
    this.state = initialState(jobId);
  }

  count(event: JobEvent): void {
    if (event.type === 'fired') {
      const { scheduledAt, missedCount } = event.fire;
      this.firstFire ??= scheduledAt;
      this.lastFire = scheduledAt;
      this.missed += missedCount;
      if (this.state.activeRuns > 0) this.overlaps++;
    }
    apply(this.state, event);
  }

  summary(now: number): JobSummary {
    const { firstFire, lastFire, overlaps, missed } = this;
    const status = statusOf(this.state, elapsedAt(this.state, now));
    const { jobId, fireCount, outcomes } = status;
    return { jobId, fires: fireCount, firstFire, lastFire, outcomes, overlaps, missed, status };
  }
}
