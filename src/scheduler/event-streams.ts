import type { Subscriber, Subscription } from 'rxjs';
import { Observable, Subject } from 'rxjs';
import { guardListeners } from '../guards/guard-listeners.js';
import type { ObservedJob } from '../jobs/job-context.js';
import type { JobEvent, JobEventType } from '../model/job-event.js';
import type { JobStatus } from '../model/job-status.js';
import type { RunOutcome } from '../model/run-outcome.js';

/** An event that waits for its emission, with the status after it if a listener needs it. */
interface Notification {
  readonly number: number;
  readonly job: ObservedJob;
  readonly event: JobEvent;
  readonly status: JobStatus | null;
}

/** The types of events that a listener gets. Null means all. */
type Types = ReadonlySet<JobEventType> | null;

/** A listener of one job, or of all. */
interface Follower {
  readonly subscriber: Subscriber<never>;
  /** Number of the last event before its subscription. */
  readonly since: number;
  readonly types: Types;
  /** True if it needs the status. */
  readonly watches: boolean;
  notify(notification: Notification): void;
}

const EMITTED: Types = new Set<JobEventType>(['emitted']);

/**
 * Emits events to listeners, one after another.
 *
 * Invariant: every listener gets the events in the order in which they took effect. Events that occur during an emission wait, so a
 * listener may call any method. Listeners of all jobs get an event first, then those of its job. Nothing is created without a listener.
 */
export class EventStreams {
  readonly events$: Observable<JobEvent>;
  readonly outcomes$: Observable<RunOutcome>;
  private readonly outcomes: Subject<RunOutcome> = new Subject();
  /** Listeners of all jobs, and the types of events that one of them gets. */
  private everywhere: readonly Follower[] = [];
  private everywhereTypes: Types = new Set();
  private readonly followers: Map<string, Set<Follower>> = new Map();
  private readonly report: (stream: string, error: unknown) => void;
  private readonly readClock: () => void;
  private readonly waiting: (Notification | RunOutcome)[] = [];
  private emitted = 0;
  /** True if no stream of events has a listener. */
  private isQuiet = true;
  private isEmitting = false;
  private closed = false;

  /** @param readClock called after listeners: they may have taken long, and other code uses the last reading. */
  constructor(report: (stream: string, error: unknown) => void, readClock: () => void) {
    this.report = report;
    this.readClock = readClock;
    this.events$ = this.events('events$', null);
    this.outcomes$ = guardListeners<RunOutcome>(
      (subscriber) => this.outcomes.subscribe(subscriber),
      (error) => {
        report('outcomes$', error);
      },
    );
  }

  /** The events of one job or of all, of some types or of all. `name` is the name of the stream in the log. */
  events(name: string, types: Types, jobId?: string): Observable<JobEvent> {
    return guardListeners<JobEvent>(
      (subscriber) => {
        if (this.closed) {
          subscriber.complete();
          return;
        }
        this.follow(jobId ?? null, subscriber, types, false, ({ event }) => {
          subscriber.next(event);
        });
      },
      (error) => {
        this.report(name, error);
      },
    );
  }

  /** Calls a function of this package for events of some types. It must not throw. */
  observe(types: Types, notify: (event: JobEvent, job: ObservedJob) => void): Subscription {
    const observed: Observable<never> = new Observable((subscriber) => {
      this.follow(null, subscriber, types, false, ({ event, job }) => {
        notify(event, job);
      });
    });
    return observed.subscribe();
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
        this.follow(jobId, subscriber, null, true, ({ event, status }) => {
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

  /** The values of the runs of one job. Emits the last one first if the job keeps it. */
  values$<T>(jobId: string, last: () => { readonly value: unknown } | null): Observable<T> {
    return guardListeners<T>(
      (subscriber) => {
        if (this.closed) {
          subscriber.complete();
          return;
        }
        const kept = last();
        this.follow(jobId, subscriber, EMITTED, false, ({ event }) => {
          if (event.type === 'emitted') subscriber.next(event.value as T);
        });
        if (kept !== null) subscriber.next(kept.value as T);
      },
      (error) => {
        this.report(`values$(${JSON.stringify(jobId)})`, error);
      },
    );
  }

  /** True if a stream has a listener that gets events of this type of this job. */
  hasListener(jobId: string, type: JobEventType): boolean {
    if (this.isQuiet) return false;
    if (isWanted(this.everywhereTypes, type)) return true;
    for (const { types } of this.followers.get(jobId) ?? []) if (isWanted(types, type)) return true;
    return false;
  }

  /** True if `outcomes$` has a listener. */
  get followsOutcomes(): boolean {
    return this.outcomes.observed;
  }

  /** Emits an event, after what is waiting. */
  emit(job: ObservedJob, event: JobEvent): void {
    if (this.isQuiet) return;
    this.waiting.push({ number: ++this.emitted, job, event, status: this.isWatched(event.jobId) ? job.status() : null });
    this.emitAll();
  }

  /** Emits an outcome, after what is waiting. */
  emitOutcome(outcome: RunOutcome): void {
    this.waiting.push(outcome);
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
    for (let next = this.waiting.shift(); next !== undefined; next = this.waiting.shift()) {
      if ('outcome' in next) this.outcomes.next(next);
      else this.emitOne(next);
    }
    this.isEmitting = false;
    this.readClock();
    if (!this.closed) return;
    for (const { subscriber } of this.everywhere) subscriber.complete();
    for (const { subscriber } of [...this.followers.values()].flatMap((followers) => [...followers])) subscriber.complete();
    this.outcomes.complete();
  }

  private emitOne(notification: Notification): void {
    for (const follower of this.everywhere) send(follower, notification);
    const followers = this.followers.get(notification.event.jobId);
    if (followers !== undefined) for (const follower of [...followers]) send(follower, notification);
  }

  private isWatched(jobId: string): boolean {
    for (const { watches } of this.followers.get(jobId) ?? []) if (watches) return true;
    return false;
  }

  /** Adds a listener of one job, or with null of all, until its subscriber unsubscribes. */
  private follow(
    jobId: string | null,
    subscriber: Subscriber<never>,
    types: Types,
    watches: boolean,
    notify: (notification: Notification) => void,
  ): void {
    const follower: Follower = { subscriber, since: this.emitted, types, watches, notify };
    if (jobId === null) {
      this.setEverywhere([...this.everywhere, follower]);
      subscriber.add(() => {
        this.setEverywhere(this.everywhere.filter((other) => other !== follower));
      });
      return;
    }
    const followers = this.followers.get(jobId) ?? new Set();
    this.followers.set(jobId, followers.add(follower));
    this.checkQuiet();
    subscriber.add(() => {
      followers.delete(follower);
      if (followers.size === 0) this.followers.delete(jobId);
      this.checkQuiet();
    });
  }

  private checkQuiet(): void {
    this.isQuiet = this.everywhere.length === 0 && this.followers.size === 0;
  }

  private setEverywhere(followers: readonly Follower[]): void {
    this.everywhere = followers;
    const types = followers.map((follower) => follower.types);
    this.everywhereTypes = types.includes(null) ? null : new Set(types.flatMap((some) => [...(some ?? [])]));
    this.checkQuiet();
  }
}

function send(follower: Follower, notification: Notification): void {
  if (follower.since < notification.number && isWanted(follower.types, notification.event.type)) follower.notify(notification);
}

function isWanted(types: Types, type: JobEventType): boolean {
  return types === null || types.has(type);
}
