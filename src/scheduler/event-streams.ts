import { Subject } from 'rxjs';
import type { Observable, Subscriber } from 'rxjs';
import type { ObservedJob } from '../jobs/job-context.js';
import type { JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import { guarded } from './guarded.js';

/** What waits to be told: an event, with the status it led to where somebody watches that job. */
interface News {
  readonly number: number;
  readonly event: JobEvent;
  readonly status: JobStatus | null;
}

/** Somebody who watches the status of one job, and the news that are older than what it was told first. */
interface Watcher {
  readonly subscriber: Subscriber<JobStatus | null>;
  readonly since: number;
}

/** All who follow one job. */
interface Followers {
  readonly watchers: Set<Watcher>;
  /** Those who are told what its runs give. */
  readonly listeners: Set<Subscriber<unknown>>;
}

/**
 * Tells events to listeners, one after the other.
 *
 * Invariant: everybody hears the events in the order in which they took effect. What happens while listeners are being told
 * waits its turn, so that a listener may call anything. Nothing is built that nobody listens to.
 */
export class EventStreams {
  readonly events$: Observable<JobEvent>;
  private readonly subject: Subject<JobEvent> = new Subject();
  private readonly followers: Map<string, Followers> = new Map();
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
    this.events$ = guarded<JobEvent>(
      (subscriber) => this.subject.subscribe(subscriber),
      (error) => {
        report('events$', error);
      },
    );
  }

  /** The statuses of one job, the present one first. */
  status$(jobId: string, present: () => JobStatus | null): Observable<JobStatus | null> {
    return guarded<JobStatus | null>(
      (subscriber) => {
        if (this.closed) {
          subscriber.next(null);
          subscriber.complete();
          return;
        }
        const watcher: Watcher = { subscriber, since: this.told };
        this.follow(jobId, subscriber, watcher, ({ watchers }) => watchers);
        subscriber.next(present());
      },
      (error) => {
        this.report(`status$(${JSON.stringify(jobId)})`, error);
      },
    );
  }

  /** What the runs of one job give. */
  values$<T>(jobId: string): Observable<T> {
    return guarded<T>(
      (subscriber) => {
        if (this.closed) {
          subscriber.complete();
          return;
        }
        this.follow(jobId, subscriber, subscriber, ({ listeners }) => listeners);
      },
      (error) => {
        this.report(`values$(${JSON.stringify(jobId)})`, error);
      },
    );
  }

  /** Whether anybody listens to what happens to the job. */
  heeds(jobId: string): boolean {
    return this.subject.observed || (this.followers.size > 0 && this.followers.has(jobId));
  }

  tell(job: ObservedJob, event: JobEvent): void {
    if (!this.heeds(event.jobId)) return;
    const watched = this.followers.get(event.jobId)?.watchers.size ?? 0;
    this.waiting.push({ number: ++this.told, event, status: watched > 0 ? job.status() : null });
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
    for (const { watchers, listeners } of [...this.followers.values()]) {
      for (const { subscriber } of [...watchers]) subscriber.complete();
      for (const listener of [...listeners]) listener.complete();
    }
    this.subject.complete();
  }

  private tellOne({ number, event, status }: News): void {
    this.subject.next(event);
    const followers = this.followers.get(event.jobId);
    if (followers === undefined) return;
    if (event.type === 'emitted') for (const listener of [...followers.listeners]) listener.next(event.value);
    if (status === null) return;
    for (const { subscriber, since } of [...followers.watchers]) {
      if (since >= number) continue;
      subscriber.next(status);
      if (event.type === 'removed') subscriber.next(null);
    }
  }

  /** Counts one among those who follow a job, until its subscriber leaves. */
  private follow<T>(jobId: string, subscriber: Subscriber<never>, follower: T, groupOf: (followers: Followers) => Set<T>): void {
    const followers = this.followers.get(jobId) ?? { watchers: new Set(), listeners: new Set() };
    this.followers.set(jobId, followers);
    groupOf(followers).add(follower);
    subscriber.add(() => {
      groupOf(followers).delete(follower);
      if (followers.watchers.size + followers.listeners.size === 0) this.followers.delete(jobId);
    });
  }
}
