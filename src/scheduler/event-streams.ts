import type { Observable, Subscriber } from 'rxjs';
import { Subject } from 'rxjs';
import { guardListeners } from '../guards/guard-listeners.js';
import type { ObservedJob } from '../jobs/job-context.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';

/** An event that waits for its emission, with the status after it if a listener needs it. */
interface Notification {
  readonly number: number;
  readonly event: JobEvent;
  readonly status: JobStatus | null;
}

/** A listener of one job. */
interface Follower {
  readonly subscriber: Subscriber<never>;
  /** Number of the last event before its subscription. */
  readonly since: number;
  /** True if it needs the status. */
  readonly watches: boolean;
  notify(notification: Notification): void;
}

/**
 * Emits events to listeners, one after another.
 *
 * Invariant: every listener gets the events in the order in which they took effect. Events that occur during an emission wait, so a
 * listener may call any method. `events$` emits first, then the streams of that job. Nothing is created without a listener.
 */
export class EventStreams {
  readonly events$: Observable<JobEvent>;
  private readonly subject: Subject<JobEvent> = new Subject();
  private readonly followers: Map<string, Set<Follower>> = new Map();
  private readonly report: (stream: string, error: unknown) => void;
  private readonly readClock: () => void;
  private readonly waiting: Notification[] = [];
  private emitted = 0;
  private isEmitting = false;
  private closed = false;

  /** @param readClock called after listeners: they may have taken long, and other code uses the last reading. */
  constructor(report: (stream: string, error: unknown) => void, readClock: () => void) {
    this.report = report;
    this.readClock = readClock;
    this.events$ = guardListeners<JobEvent>(
      (subscriber) => this.subject.subscribe(subscriber),
      (error) => {
        report('events$', error);
      },
    );
  }

  /** The statuses of one job. Emits the present one first. */
  status$(jobId: string, present: () => JobStatus | null): Observable<JobStatus | null> {
    return guardListeners<JobStatus | null>(
      (subscriber) => {
        if (this.closed) {
          subscriber.next(null);
          subscriber.complete();
          return;
        }
        this.follow(jobId, subscriber, true, ({ event, status }) => {
          if (status !== null) subscriber.next(status);
          if (event.type === 'removed') subscriber.next(null);
        });
        subscriber.next(present());
      },
      (error) => {
        this.report(`status$(${JSON.stringify(jobId)})`, error);
      },
    );
  }

  /** The values of the runs of one job. */
  values$<T>(jobId: string): Observable<T> {
    return guardListeners<T>(
      (subscriber) => {
        if (this.closed) {
          subscriber.complete();
          return;
        }
        this.follow(jobId, subscriber, false, ({ event }) => {
          if (event.type === 'emitted') subscriber.next(event.value as T);
        });
      },
      (error) => {
        this.report(`values$(${JSON.stringify(jobId)})`, error);
      },
    );
  }

  /** True if a stream of the job has a listener. */
  hasListener(jobId: string): boolean {
    return this.subject.observed || (this.followers.size > 0 && this.followers.has(jobId));
  }

  /** Emits an event, after those that are waiting. */
  emit(job: ObservedJob, event: JobEvent): void {
    if (!this.hasListener(event.jobId)) return;
    this.waiting.push({ number: ++this.emitted, event, status: this.isWatched(event.jobId) ? job.status() : null });
    this.emitAll();
  }

  /** Completes all streams after the waiting events. */
  close(): void {
    this.closed = true;
    this.emitAll();
  }

  private emitAll(): void {
    if (this.isEmitting) return;
    this.isEmitting = true;
    for (let notification = this.waiting.shift(); notification !== undefined; notification = this.waiting.shift())
      this.emitOne(notification);
    this.isEmitting = false;
    this.readClock();
    if (!this.closed) return;
    for (const { subscriber } of [...this.followers.values()].flatMap((followers) => [...followers])) subscriber.complete();
    this.subject.complete();
  }

  private emitOne(notification: Notification): void {
    this.subject.next(notification.event);
    const followers = this.followers.get(notification.event.jobId);
    if (followers === undefined) return;
    for (const follower of [...followers]) if (follower.since < notification.number) follower.notify(notification);
  }

  private isWatched(jobId: string): boolean {
    for (const { watches } of this.followers.get(jobId) ?? []) if (watches) return true;
    return false;
  }

  /** Adds a listener of one job until its subscriber unsubscribes. */
  private follow(jobId: string, subscriber: Subscriber<never>, watches: boolean, notify: (notification: Notification) => void): void {
    const followers = this.followers.get(jobId) ?? new Set();
    const follower: Follower = { subscriber, since: this.emitted, watches, notify };
    this.followers.set(jobId, followers.add(follower));
    subscriber.add(() => {
      followers.delete(follower);
      if (followers.size === 0) this.followers.delete(jobId);
    });
  }
}
