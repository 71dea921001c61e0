import { Subject } from 'rxjs';
import type { Observable, Subscriber } from 'rxjs';
import type { ObservedJob } from '../jobs/job-context.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import { guardListeners } from '../guards/guard-listeners.js';

/** What waits to be told: an event, with the status it led to where somebody watches that job. */
interface News {
  readonly number: number;
  readonly event: JobEvent;
  readonly status: JobStatus | null;
}

/** Somebody who follows one job. */
interface Follower {
  readonly subscriber: Subscriber<never>;
  /** What is older than its subscription is not told. */
  readonly since: number;
  /** Whether it wants the status. */
  readonly watches: boolean;
  hear(news: News): void;
}

/**
 * Tells events to listeners, one after the other.
 *
 * Invariant: everybody hears the events in the order in which they took effect. What happens while listeners are being told
 * waits its turn, so that a listener may call anything. `events$` is told first, then who follows that one job. Nothing is built that nobody
 * listens to.
 */
export class EventStreams {
  readonly events$: Observable<JobEvent>;
  private readonly subject: Subject<JobEvent> = new Subject();
  private readonly followers: Map<string, Set<Follower>> = new Map();
  private readonly report: (stream: string, error: unknown) => void;
  private readonly readClock: () => void;
  private readonly waiting: News[] = [];
  private told = 0;
  private telling = false;
  private closed = false;

  /** `readClock` is called when listeners have been told: they may have taken long, and others go by the last reading. */
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

  /** The statuses of one job, the present one first. */
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

  /** What the runs of one job give. */
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

  /** Whether anybody listens to what happens to the job. */
  hasListener(jobId: string): boolean {
    return this.subject.observed || (this.followers.size > 0 && this.followers.has(jobId));
  }

  tell(job: ObservedJob, event: JobEvent): void {
    if (!this.hasListener(event.jobId)) return;
    this.waiting.push({ number: ++this.told, event, status: this.isWatched(event.jobId) ? job.status() : null });
    this.tellAll();
  }

  /** Completes all streams, after what waits has been told. */
  close(): void {
    this.closed = true;
    this.tellAll();
  }

  private tellAll(): void {
    if (this.telling) return;
    this.telling = true;
    for (let news = this.waiting.shift(); news !== undefined; news = this.waiting.shift()) this.tellOne(news);
    this.telling = false;
    this.readClock();
    if (!this.closed) return;
    for (const { subscriber } of [...this.followers.values()].flatMap((followers) => [...followers])) subscriber.complete();
    this.subject.complete();
  }

  private tellOne(news: News): void {
    this.subject.next(news.event);
    const followers = this.followers.get(news.event.jobId);
    if (followers === undefined) return;
    for (const follower of [...followers]) if (follower.since < news.number) follower.hear(news);
  }

  private isWatched(jobId: string): boolean {
    for (const { watches } of this.followers.get(jobId) ?? []) if (watches) return true;
    return false;
  }

  /** Counts somebody among those who follow a job, until its subscriber leaves. */
  private follow(jobId: string, subscriber: Subscriber<never>, watches: boolean, hear: (news: News) => void): void {
    const followers = this.followers.get(jobId) ?? new Set();
    const follower: Follower = { subscriber, since: this.told, watches, hear };
    this.followers.set(jobId, followers.add(follower));
    subscriber.add(() => {
      followers.delete(follower);
      if (followers.size === 0) this.followers.delete(jobId);
    });
  }
}
