import { Subject, filter, map } from 'rxjs';
import type { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { ObservedJob } from '../jobs/job-context.js';
import type { EmittedEvent, JobEvent } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import { guarded } from './guarded.js';

/** What waits to be told: an event, with the status it led to where somebody watches that job. */
interface News {
  readonly number: number;
  readonly event: JobEvent;
  readonly status: JobStatus | null;
}

/** Somebody who watches one job, and the news that are older than what it was told first. */
interface Watcher {
  readonly subscriber: Subscriber<JobStatus | null>;
  readonly since: number;
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
  private readonly watchers: Map<string, Set<Watcher>> = new Map();
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
        this.watch(jobId, watcher);
        subscriber.add(() => {
          this.unwatch(jobId, watcher);
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
    const values$ = this.subject.pipe(
      filter((event): event is EmittedEvent => event.type === 'emitted' && event.jobId === jobId),
      map((event) => event.value as T),
    );
    return guarded<T>(
      (subscriber) => values$.subscribe(subscriber),
      (error) => {
        this.report(`values$(${JSON.stringify(jobId)})`, error);
      },
    );
  }

  /** Whether anybody listens to what happens to the job. */
  heeds(jobId: string): boolean {
    return this.subject.observed || (this.watchers.size > 0 && this.watchers.has(jobId));
  }

  tell(job: ObservedJob, event: JobEvent): void {
    if (!this.heeds(event.jobId)) return;
    const watched = this.watchers.has(event.jobId);
    this.waiting.push({ number: ++this.told, event, status: watched ? job.status() : null });
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
    for (const watcher of [...this.watchers.values()].flatMap((set) => [...set])) watcher.subscriber.complete();
    this.subject.complete();
  }

  private tellOne({ number, event, status }: News): void {
    this.subject.next(event);
    if (status === null) return;
    for (const { subscriber, since } of [...(this.watchers.get(event.jobId) ?? [])]) {
      if (since >= number) continue;
      subscriber.next(status);
      if (event.type === 'removed') subscriber.next(null);
    }
  }

  private watch(jobId: string, watcher: Watcher): void {
    const set = this.watchers.get(jobId) ?? new Set();
    this.watchers.set(jobId, set.add(watcher));
  }

  private unwatch(jobId: string, watcher: Watcher): void {
    const set = this.watchers.get(jobId);
    set?.delete(watcher);
    if (set?.size === 0) this.watchers.delete(jobId);
  }
}
