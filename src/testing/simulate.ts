import { checkKeys, flag } from '../checks/check.js';
import { instantOption } from '../checks/instant.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { ignoreRejection, isThenable } from '../guards/thenable.js';
import type { ObservedJob } from '../jobs/job-context.js';
import type { Fire } from '../model/fire.js';
import type { InstantLike } from '../model/instant.js';
import type { JobEvent, JobEventType } from '../model/job-event.js';
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

/** The events that are counted. Others are not created if they are not kept. */
const COUNTED: ReadonlySet<JobEventType> = new Set<JobEventType>(['added', 'fired', 'started', 'succeeded', 'failed', 'cancelled']);

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
    this.scheduler.observe(keepEvents ? null : COUNTED, (event, job) => {
      if (keepEvents) this.events.push(event);
      this.count(event, job);
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

  private count(event: JobEvent, job: ObservedJob): void {
    const { type, jobId } = event;
    let tally = this.tallies.get(jobId);
    if (tally === undefined || type === 'added') {
      this.tallies.delete(jobId); // a later job with the same id comes last
      this.tallies.set(jobId, (tally = new Tally(job)));
    }
    if (type === 'fired') tally.fired(event.fire);
    const change = changeOfActive(event);
    tally.activeRuns += change;
    this.activeRuns += change;
  }

  private result(): Simulation {
    const { from, to, events } = this;
    return { from, to, events: [...events], jobs: new Map([...this.tallies].map(([jobId, tally]) => [jobId, tally.summary()])) };
  }
}

/** By how much an event changes the number of active runs. */
function changeOfActive(event: JobEvent): -1 | 0 | 1 {
  switch (event.type) {
    case 'started':
      return event.attempt === 1 ? 1 : 0;
    case 'succeeded':
    case 'failed':
      return -1;
    case 'cancelled':
      return event.startedAt === null ? 0 : -1;
    default:
      return 0;
  }
}

/** Counts what the status of a job does not have: the log may be too long to keep. */
class Tally {
  activeRuns = 0;
  private readonly job: ObservedJob;
  private firstFire: number | null = null;
  private lastFire: number | null = null;
  private overlaps = 0;
  private missed = 0;

  constructor(job: ObservedJob) {
    this.job = job;
  }

  fired({ scheduledAt, missedCount }: Fire): void {
    this.firstFire ??= scheduledAt;
    this.lastFire = scheduledAt;
    this.missed += missedCount;
    if (this.activeRuns > 0) this.overlaps++;
  }

  summary(): JobSummary {
    const { firstFire, lastFire, overlaps, missed } = this;
    const status = this.job.status();
    const { jobId, fireCount, outcomes } = status;
    return { jobId, fires: fireCount, firstFire, lastFire, outcomes, overlaps, missed, status };
  }
}
