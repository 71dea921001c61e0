import type { Observable, Subscriber } from 'rxjs';
import { guardListeners } from '../guards/guard-listeners.js';
import type { JobStatus, Statuses } from '../model/job-status.js';
import type { Cancel } from '../time/clock.js';
import type { TimerQueue } from '../time/timer-queue.js';

/** Minimum time between two snapshots, in ms. */
const PERIOD_MS = 100;
/** Number of statuses that are read before other timers get a turn: about 1 ms. */
const SLICE = 2_000;

/** Gives access to the jobs. */
export interface BoardSource {
  jobIds(): IterableIterator<string>;
  has(jobId: string): boolean;
  statusOf(jobId: string): JobStatus | null;
}

/**
 * Emits snapshots of all statuses while there are listeners.
 *
 * A job without an event keeps the identity of its status from one snapshot to the next. Without listeners the board holds nothing and has
 * no timer.
 */
export class StatusBoard {
  readonly statuses$: Observable<Statuses>;
  private readonly source: BoardSource;
  private readonly timers: TimerQueue;
  /** True if its timers do not keep the process alive. */
  private readonly weak: boolean;
  private readonly listeners: Set<Subscriber<Statuses>> = new Set();
  private readonly known: Map<string, JobStatus> = new Map();
  private readonly changed: Set<string> = new Set();
  /** Jobs that were removed since the present snapshot was started. */
  private readonly gone: Set<string> = new Set();
  private latest: Statuses = {};
  private emittedAt = -Infinity;
  private cancelTimer: Cancel | null = null;
  private closed = false;

  constructor(source: BoardSource, timers: TimerQueue, weak: boolean, report: (stream: string, error: unknown) => void) {
    this.source = source;
    this.timers = timers;
    this.weak = weak;
    this.statuses$ = guardListeners<Statuses>(
      (subscriber) => {
        this.join(subscriber);
        return () => {
          this.leave(subscriber);
        };
      },
      (error) => {
        report('statuses$', error);
      },
    );
  }

  /** Marks a job as changed. */
  touch(jobId: string): void {
    if (this.listeners.size === 0) return;
    this.changed.add(jobId);
    if (this.cancelTimer !== null) return;
    const take = (): void => {
      this.take(this.source.jobIds(), {});
    };
    this.cancelTimer = this.timers.delay(Math.max(0, this.emittedAt + PERIOD_MS - this.timers.steady()), take, this.weak);
  }

  /** Marks a job as removed. */
  forget(jobId: string): void {
    if (this.listeners.size === 0) return;
    this.gone.add(jobId);
    this.touch(jobId);
  }

  /** Emits an empty snapshot and completes. */
  close(): void {
    this.closed = true;
    for (const listener of [...this.listeners]) {
      listener.next({});
      listener.complete();
    }
  }

  private join(subscriber: Subscriber<Statuses>): void {
    if (this.closed) {
      subscriber.next({});
      subscriber.complete();
      return;
    }
    if (this.listeners.size === 0) {
      for (const jobId of this.source.jobIds()) this.changed.add(jobId);
      const snapshot: Record<string, JobStatus> = {};
      for (const jobId of this.source.jobIds()) this.add(jobId, snapshot);
      this.latest = snapshot;
      this.emittedAt = this.timers.steady();
    }
    this.listeners.add(subscriber);
    subscriber.next(this.latest);
  }

  private leave(subscriber: Subscriber<Statuses>): void {
    this.listeners.delete(subscriber);
    if (this.listeners.size > 0) return;
    this.cancelTimer?.();
    this.cancelTimer = null;
    this.known.clear();
    this.changed.clear();
    this.gone.clear();
    this.latest = {};
  }

  /** Takes a snapshot slice by slice, and emits it when it is complete. */
  private take(jobIds: Iterator<string, unknown>, snapshot: Record<string, JobStatus>): void {
    for (let seen = 0; seen < SLICE; seen++) {
      const { done, value }: IteratorResult<string, unknown> = jobIds.next();
      if (done === true) {
        this.emit(snapshot);
        return;
      }
      this.add(value, snapshot);
    }
    const continueTaking = (): void => {
      this.take(jobIds, snapshot);
    };
    this.cancelTimer = this.timers.delay(0, continueTaking, this.weak);
  }

  private add(jobId: string, snapshot: Record<string, JobStatus>): void {
    if (this.changed.delete(jobId)) {
      const status = this.source.statusOf(jobId);
      if (status === null) this.known.delete(jobId);
      else this.known.set(jobId, status);
    }
    const status = this.known.get(jobId);
    if (status === undefined) return;
    if (jobId in snapshot) Object.defineProperty(snapshot, jobId, { value: status, enumerable: true, configurable: true, writable: true });
    else snapshot[jobId] = status; // faster by 1 µs than defineProperty, which ids such as '__proto__' need
  }

  private emit(snapshot: Record<string, JobStatus>): void {
    this.cancelTimer = null;
    this.latest = snapshot;
    this.emittedAt = this.timers.steady();
    // jobs that were removed after they were read; other changes since then belong to the next snapshot
    for (const jobId of this.gone) {
      if (this.source.has(jobId)) continue;
      this.changed.delete(jobId);
      this.known.delete(jobId);
      Reflect.deleteProperty(snapshot, jobId);
    }
    this.gone.clear();
    for (const listener of [...this.listeners]) listener.next(snapshot);
    const [next] = this.changed;
    if (next !== undefined) this.touch(next);
  }
}
