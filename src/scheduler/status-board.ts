import type { Observable, Subscriber } from 'rxjs';
import type { JobStatus, Statuses } from '../model/job-status.js';
import type { Cancel } from '../time/clock.js';
import type { TimerQueue } from '../time/timer-queue.js';
import { guardListeners } from '../guards/guard-listeners.js';

/** At most one picture each so many ms. */
const PERIOD_MS = 100;
/** So many statuses are looked at before others get their turn: about 1 ms. */
const SLICE = 2_000;

/** Where the board finds the jobs. */
export interface BoardSource {
  jobIds(): IterableIterator<string>;
  has(jobId: string): boolean;
  statusOf(jobId: string): JobStatus | null;
}

/**
 * Pictures of all jobs, for as long as somebody looks.
 *
 * A job of which nothing was told keeps the identity of its status from one picture to the next. Without listeners it
 * holds nothing and has no timer.
 */
export class StatusBoard {
  readonly statuses$: Observable<Statuses>;
  private readonly source: BoardSource;
  private readonly timers: TimerQueue;
  /** Whether its timers keep no process alive. */
  private readonly weak: boolean;
  private readonly listeners: Set<Subscriber<Statuses>> = new Set();
  private readonly known: Map<string, JobStatus> = new Map();
  private readonly changed: Set<string> = new Set();
  /** Those that were removed since the picture was begun. */
  private readonly gone: Set<string> = new Set();
  private latest: Statuses = {};
  private shownAt = -Infinity;
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

  /** Something happened to the job. */
  touch(jobId: string): void {
    if (this.listeners.size === 0) return;
    this.changed.add(jobId);
    if (this.cancelTimer !== null) return;
    const draw = (): void => {
      this.draw(this.source.jobIds(), {});
    };
    this.cancelTimer = this.timers.delay(Math.max(0, this.shownAt + PERIOD_MS - this.timers.steady()), draw, this.weak);
  }

  /** The job is there no more. */
  forget(jobId: string): void {
    if (this.listeners.size === 0) return;
    this.gone.add(jobId);
    this.touch(jobId);
  }

  /** Shows that no job is left, and completes. */
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
      const picture: Record<string, JobStatus> = {};
      for (const jobId of this.source.jobIds()) this.add(jobId, picture);
      this.latest = picture;
      this.shownAt = this.timers.steady();
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

  /** Draws a picture slice by slice, and shows it when it is whole. */
  private draw(jobIds: Iterator<string, unknown>, picture: Record<string, JobStatus>): void {
    for (let seen = 0; seen < SLICE; seen++) {
      const { done, value }: IteratorResult<string, unknown> = jobIds.next();
      if (done === true) {
        this.show(picture);
        return;
      }
      this.add(value, picture);
    }
    const goOn = (): void => {
      this.draw(jobIds, picture);
    };
    this.cancelTimer = this.timers.delay(0, goOn, this.weak);
  }

  private add(jobId: string, picture: Record<string, JobStatus>): void {
    if (this.changed.delete(jobId)) {
      const status = this.source.statusOf(jobId);
      if (status === null) this.known.delete(jobId);
      else this.known.set(jobId, status);
    }
    const status = this.known.get(jobId);
    if (status === undefined) return;
    if (jobId in picture) Object.defineProperty(picture, jobId, { value: status, enumerable: true, configurable: true, writable: true });
    else picture[jobId] = status; // not defined: that takes 1 µs more; '__proto__' and the like are ids too
  }

  private show(picture: Record<string, JobStatus>): void {
    this.cancelTimer = null;
    this.latest = picture;
    this.shownAt = this.timers.steady();
    // those that went behind the pen are taken out again; what else has changed there is for the next picture
    for (const jobId of this.gone) {
      if (this.source.has(jobId)) continue;
      this.changed.delete(jobId);
      this.known.delete(jobId);
      Reflect.deleteProperty(picture, jobId);
    }
    this.gone.clear();
    for (const listener of [...this.listeners]) listener.next(picture);
    const [next] = this.changed;
    if (next !== undefined) this.touch(next);
  }
}
