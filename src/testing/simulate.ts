import { checkKeys, flag } from '../checks/check.js';
import { instantOption } from '../checks/instant.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { ignoreRejection, isThenable } from '../guards/thenable.js';
import { apply, elapsedAt, LedgerState, statusOf } from '../jobs/ledger-state.js';
import type { InstantLike } from '../model/instant.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobOptions } from '../model/job-options.js';
import type { JobStatus } from '../model/job-status.js';
import type { LoggerOption } from '../model/logger.js';
import { Scheduler } from '../scheduler/scheduler.js';
import { VirtualClock } from './virtual-clock.js';

/** Options of {@link simulate}. */
export interface SimulateOptions {
  /** The start of the simulation. */
  readonly from: InstantLike;
  /** The end of the simulation, inclusive. */
  readonly to: InstantLike;
  /**
   * Options of every job, as in `new Scheduler`.
   *
   * @default none
   */
  readonly defaults?: JobOptions | undefined;
  /**
   * Gets the log of the scheduler.
   *
   * @default false: the result has all events
   */
  readonly logger?: LoggerOption | undefined;
  /**
   * False does not keep the events. A year of many jobs has millions.
   *
   * @default true
   */
  readonly keepEvents?: boolean | undefined;
  /**
   * False runs the simulation synchronously and returns the result itself. It is faster, above all in a browser. Runs that wait for a
   * promise do not end then.
   *
   * @default true: promises settle between timers, and the result is a promise
   */
  readonly promises?: boolean | undefined;
}

/** Adds the jobs of a simulation. */
export type SimulationSetup = (scheduler: Scheduler, clock: VirtualClock) => unknown;

/** The result of one job. */
export interface JobSummary {
  readonly jobId: string;
  /** Number of fires. */
  readonly fires: number;
  /** When the first fire was due, in epoch ms. Null if there was none. */
  readonly firstFire: number | null;
  /** When the last fire was due, in epoch ms. Null if there was none. */
  readonly lastFire: number | null;
  /** Number of fires with each outcome, and of skipped fires with each reason. */
  readonly outcomes: JobStatus['outcomes'];
  /** Number of fires that came while a run was active. */
  readonly overlaps: number;
  /** Number of other occurrences that are part of late fires. */
  readonly missed: number;
  /** The status at the end, or the last status of a job that was removed. */
  readonly status: JobStatus;
}

/** The result of a simulation. */
export interface Simulation {
  /** The start, in epoch ms. */
  readonly from: number;
  /** The end, in epoch ms. */
  readonly to: number;
  /** The events in order. Empty without `keepEvents`. */
  readonly events: readonly JobEvent[];
  /** The result of each job by job id, in the order in which they were added. Of two jobs with the same id, that of the later one. */
  readonly jobs: ReadonlyMap<string, JobSummary>;
}

/**
 * Runs a scheduler in virtual time and returns what happened. It answers "what would this plan do over the DST weekend?" in one call.
 *
 * Promises settle between timers, so async jobs and retries run as in real time. If no job waits for a promise, pass `promises: false`,
 * which is faster. The result is the same in every run.
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
 * @param setup adds the jobs. It also gets the clock, for jobs that take time: `clock.block(500)`, or `timer(500, clock)` of RxJS.
 * @param options from when to when, and options of the scheduler.
 * @returns the events and the results of all jobs, as a promise unless `promises` is false.
 * @throws InvalidOptionError if an option is unknown or not valid, or if `to` is before `from`. Also throws the errors of `setup`.
 */
export function simulate(setup: SimulationSetup, options: SimulateOptions & { readonly promises: false }): Simulation;
export function simulate(setup: SimulationSetup, options: SimulateOptions): Promise<Simulation>;
export function simulate(setup: SimulationSetup, options: SimulateOptions): Simulation | Promise<Simulation> {
  return (options as Partial<SimulateOptions> | undefined)?.promises === false ? begin(options).sync(setup) : simulateAsync(setup, options);
}

/** Its errors are rejections. */
async function simulateAsync(setup: SimulationSetup, options: SimulateOptions): Promise<Simulation> {
  return begin(options).async(setup);
}

function begin(options: SimulateOptions): SimulationRun {
  checkKeys('simulate(options)', options, ['from', 'to', 'defaults', 'logger', 'keepEvents', 'promises']);
  flag('simulate(options.promises)', options.promises);
  const from = instantOption('simulate(options.from)', options.from);
  const to = instantOption('simulate(options.to)', options.to);
  if (to < from) throw new InvalidOptionError('simulate(options.to)', options.to, 'an instant not before from');
  return new SimulationRun(options, from, to);
}

/** One simulation: a scheduler on a virtual clock, and what it reports. */
class SimulationRun {
  private readonly clock: VirtualClock;
  private readonly scheduler: Scheduler;
  private readonly from: number;
  private readonly to: number;
  private readonly events: JobEvent[] = [];
  private readonly tallies: Map<string, Tally> = new Map();
  private activeRuns = 0;

  constructor({ defaults, logger = false, keepEvents = true }: SimulateOptions, from: number, to: number) {
    this.clock = new VirtualClock(from);
    this.from = from;
    this.to = to;
    this.scheduler = new Scheduler({ clock: this.clock, defaults, logger });
    this.scheduler.events$.subscribe({
      next: (event) => {
        if (keepEvents) this.events.push(event);
        this.count(event);
      },
      error: () => undefined, // it never errors
    });
  }

  /** Lets promises settle between timers. */
  async async(setup: SimulationSetup): Promise<Simulation> {
    const { scheduler, clock } = this;
    clock.isQuiet = () => this.activeRuns === 0;
    try {
      await setup(scheduler, clock);
      await clock.advanceTo(this.to);
      return this.result();
    } finally {
      await scheduler.shutdown();
    }
  }

  sync(setup: SimulationSetup): Simulation {
    const { scheduler, clock } = this;
    try {
      const result = setup(scheduler, clock);
      ignoreRejection(result);
      if (isThenable(result)) throw new InvalidOptionError('simulate(setup)', setup, 'a function that is not async, with promises: false');
      clock.advanceToSync(this.to);
      return this.result();
    } finally {
      void scheduler.shutdown();
    }
  }

  private count(event: JobEvent): void {
    const { type, jobId } = event;
    if (type === 'added') this.tallies.set(jobId, new Tally(jobId));
    else if (type === 'started' && event.attempt === 1) this.activeRuns++;
    else if (type === 'succeeded' || type === 'failed' || (type === 'cancelled' && event.startedAt !== null)) this.activeRuns--;
    this.tallies.get(jobId)?.count(event);
  }

  private result(): Simulation {
    const { from, to, events, scheduler } = this;
    const jobs = [...this.tallies].map(([jobId, tally]) => [jobId, tally.summary(to, scheduler.getJobStatus(jobId))] as const);
    return { from, to, events: [...events], jobs: new Map(jobs) };
  }
}

/** Counts events as they occur: the log may be too long to keep. */
class Tally {
  private readonly state: LedgerState;
  private firstFire: number | null = null;
  private lastFire: number | null = null;
  private overlaps = 0;
  private missed = 0;

  constructor(jobId: string) {
    this.state = new LedgerState(jobId);
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

  /** @param present the status of the job, or null if it was removed. */
  summary(now: number, present: JobStatus | null): JobSummary {
    const { firstFire, lastFire, overlaps, missed } = this;
    const status = present ?? statusOf(this.state, elapsedAt(this.state, now), null);
    const { jobId, fireCount, outcomes } = status;
    return { jobId, fires: fireCount, firstFire, lastFire, outcomes, overlaps, missed, status };
  }
}
