import type { ComingQuery } from '../model/coming-query.js';
import type { TimerQueue } from './timer-queue.js';

/** Gets notified when a {@link Stopwatch} stops or starts. */
export interface StopwatchListener {
  stopwatchStopped(): void;
  stopwatchStarted(): void;
  /** The stopwatch has another listener now. This one must not keep a timer. */
  stopwatchDetached(): void;
  /** Emits what is due now, without waiting for the next wake-up. */
  flush?(): void;
  /** Marks the next occurrence, which will be skipped. @returns false if it is not known. */
  skipNext?(): boolean;
  /** Time until the next fire in ms while the stopwatch is stopped. Null if that does not stop it. */
  remainingMs?(): number | null;
  /** The coming runs, in epoch ms. */
  comingRuns?(query: ComingQuery): number[];
  /** All runs of the job have ended. */
  runsEnded?(): void;
}

/**
 * The elapsed time of a job. It can be stopped.
 *
 * Lifecycle invariant: it never goes back, even if the wall clock is set back, and it notifies its one listener after every change.
 */
export class Stopwatch {
  /** Provides the time. */
  readonly timers: TimerQueue;
  /** True if the timers that it drives do not keep the process alive. */
  readonly weak: boolean;
  /** Breaks ties with other jobs: the order in which they were created. */
  readonly order: number;
  private driven: StopwatchListener | null = null;
  private totalMs = 0;
  private ordinals = 0;
  /** The steady instant of the last start, or NaN while it is stopped. */
  private since = NaN;

  constructor(timers: TimerQueue, weak = false) {
    this.timers = timers;
    this.weak = weak;
    this.order = timers.nextOrder();
  }

  /** The present listener. */
  get listener(): StopwatchListener | null {
    return this.driven;
  }

  /**
   * Replaces the listener and detaches the previous one. Null detaches it without a replacement. (A subscription per listener would
   * cost a job 184 bytes: RxJS keeps an array that grows to 17 entries with the first teardown.)
   */
  setListener(listener: StopwatchListener | null): void {
    const former = this.driven;
    this.driven = listener;
    if (former !== listener) former?.stopwatchDetached();
  }

  get running(): boolean {
    return !Number.isNaN(this.since);
  }

  /** Elapsed time in ms, without the time while it was stopped. */
  elapsedMs(): number {
    return this.elapsedAt(this.timers.steady());
  }

  /** Elapsed time at a steady instant, for callers that have read the clock. */
  elapsedAt(steady: number): number {
    return this.running ? this.totalMs + steady - this.since : this.totalMs;
  }

  /** Numbers the fires of the job, from 0. */
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
