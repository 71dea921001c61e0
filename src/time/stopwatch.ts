import type { TimerQueue } from './timer-queue.js';

/** Whom a {@link Stopwatch} tells that it has stopped or goes on. */
export interface StopwatchListener {
  stopwatchStopped(): void;
  stopwatchStarted(): void;
  /** It drives somebody else from now on, or nobody: no timer is to be left. */
  stopwatchDetached(): void;
  /** What is due is told now, and not at the next wake-up. */
  flush?(): void;
  /** All runs have ended: what waited for that goes on. */
  runsEnded?(): void;
}

/**
 * A job's own elapsed time, which can stand still.
 *
 * Lifecycle invariant: it never goes back, not even when the wall clock is set back, and it tells its one listener of
 * every change, after the change.
 */
export class Stopwatch {
  /** Where it reads the time. */
  readonly timers: TimerQueue;
  /** Whether the timers that are driven by it keep no process alive. */
  readonly weak: boolean;
  /** The number that breaks ties with other jobs: the order in which they were made. */
  readonly order: number;
  private driven: StopwatchListener | null = null;
  private totalMs = 0;
  private ordinals = 0;
  /** The steady instant since when it runs, or NaN while it stands. */
  private since = NaN;

  constructor(timers: TimerQueue, weak = false) {
    this.timers = timers;
    this.weak = weak;
    this.order = timers.nextOrder();
  }

  /** Who drives its timers by this stopwatch. */
  get listener(): StopwatchListener | null {
    return this.driven;
  }

  /**
   * Hands it to another driver, or to none: whoever owns the stopwatch ends what it drives by this. (Teardown by a subscription of
   * its own costs a job 184 bytes: RxJS keeps an array that grows to 17 places with the first.)
   */
  setListener(listener: StopwatchListener | null): void {
    const former = this.driven;
    this.driven = listener;
    if (former !== listener) former?.stopwatchDetached();
  }

  get running(): boolean {
    return !Number.isNaN(this.since);
  }

  /** Elapsed time in ms, without the time it stood. */
  elapsedMs(): number {
    return this.elapsedAt(this.timers.steady());
  }

  /** The same at the steady instant given, for those who have read the clock. */
  elapsedAt(steady: number): number {
    return this.running ? this.totalMs + steady - this.since : this.totalMs;
  }

  /** Numbers the fires of its job, from 0. */
  nextOrdinal(): number {
    return this.ordinals++;
  }

  start(): void {
    if (this.running) return;
    this.since = this.timers.steady();
    this.driven?.stopwatchStarted();
  }

  stop(): void {
    if (!this.running) return;
    this.totalMs = this.elapsedMs();
    this.since = NaN;
    this.driven?.stopwatchStopped();
  }
}
