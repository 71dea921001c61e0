import type { Fire } from './fire.js';
import type { JobEvent, SkipReason } from './job-event.js';
import type { Overlap } from './job-options.js';
import type { Region } from './region.js';

/** What turns the fires of jobs into runs: in this process, or wherever another engine has them done. */
export interface Engine {
  /** Opens the lane of one job; `owner` is told, in order, all that happens to its fires. */
  open(job: EngineJob, owner: LaneOwner): Lane;
}

/** What an engine has to know of a job. */
export interface EngineJob {
  readonly jobId: string;
  /** Does the work of one run; anything it returns or throws is the engine's to consume. */
  readonly job: (...args: never[]) => unknown;
  /** What the function is called with in place of the `JobRun`, if anything. */
  readonly args: readonly unknown[] | undefined;
  /** The async context in which the function runs; null for that of the timers, or of the caller of `runNow`. */
  readonly context: Region | null;
  readonly policy: RunPolicy;
}

/** How the runs of a job are to go: the same for all jobs that were given the same. */
export interface RunPolicy {
  readonly overlap: Overlap;
  readonly concurrency: number;
  readonly queueLimit: number;
  /** How a failed run is tried again; null for not at all. */
  readonly retry: RetryPlan | null;
  /** How long an attempt may last in ms; Infinity for ever. */
  readonly timeoutMs: number;
}

/**
 * Whom a lane tells of what happens. What comes with every fire is told without an event object: most of the time nobody wants one
 * (measured with 100,000 jobs each second: 1.6 µs a fire without them, 2.3 with).
 */
export interface LaneOwner {
  /** The first attempt of a run begins. */
  runStarted(fire: Fire, at: number): void;
  /** A run gave a value. */
  runEmitted(fire: Fire, at: number, value: unknown): void;
  /** A run ended well. */
  runSucceeded(fire: Fire, startedAt: number, at: number): void;
  /** Anything else. */
  laneEvent(event: JobEvent): void;
}

/** When a failed run is tried again. */
export interface RetryPlan {
  readonly count: number;
  /** How long to wait after the attempt (1 for the first) that failed with the error, in ms. Throws where the answer is not a finite delay. */
  delayMs(jobId: string, fire: Fire, attempt: number, error: unknown): number;
}

/**
 * The way of one job's fires through an engine.
 *
 * Lifecycle invariant: every fire that was admitted ends in exactly one `succeeded`, `failed`, `cancelled` or `skipped`.
 */
export interface Lane {
  /** Whether nothing is active, queued or about to start. */
  readonly idle: boolean;
  /** Whether one more fire now would add to what is started or queued; it changes nothing. */
  wouldAdmit(): boolean;
  /**
   * Takes a fire in and decides on it, if it is not declined already. What was decided is carried out at {@link proceed}.
   * An urgent fire starts even while queued fires are kept back.
   */
  admit(fire: Fire, declined: SkipReason | null, urgent?: boolean): void;
  /** Carries out what was decided: starts the run, or reports that the fire is skipped. User code runs here. */
  proceed(): void;
  /** Keeps queued fires back; active runs go on. */
  hold(): void;
  /** Lets queued fires go again. */
  release(): void;
  /** Calls off all that is queued, reports each, and takes nothing more; active runs go on. */
  drain(): void;
  /** Calls off all that is active or queued, reports each, and takes nothing more. */
  cancel(): void;
}
