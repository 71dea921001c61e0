import type { Signal, WritableSignal } from '@angular/core';
import { computed, signal } from '@angular/core';
import type { Observable } from 'rxjs';
import { concat, of, Subscription, takeWhile } from 'rxjs';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { JobDefinition } from '../jobs/job-definition.js';
import type { JobStatus } from '../model/job-status.js';
import type { Scheduler } from '../scheduler/scheduler.js';
import type { JobRef } from './job-ref.js';
import { keepSignal } from './keep-signal.js';
import type { TransferredValue } from './transferred-value.js';

/**
 * A job of a component or a service, and its signals.
 *
 * Lifecycle invariant: from {@link start} to {@link destroy} it owns the job with its id, unless other code removes that job. Before and
 * after, the status is null and the methods do nothing.
 */
export class InjectedJob implements JobRef<unknown> {
  readonly jobId: string;
  readonly status: Signal<JobStatus | null>;
  readonly nextRunTime: Signal<number | null> = computed(() => this.status()?.nextRunTime ?? null);
  readonly isPaused: Signal<boolean> = computed(() => this.status()?.status === 'paused');
  readonly executionCount: Signal<number> = computed(() => this.status()?.executionCount ?? 0);
  readonly lastValue: Signal<unknown>;
  private readonly scheduler: Scheduler;
  private readonly definition: JobDefinition;
  private readonly latestStatus: WritableSignal<JobStatus | null> = signal(null);
  private readonly latestValue: WritableSignal<unknown>;
  private destroyed = false;

  /** @param firstValue the initial value of `lastValue`. */
  constructor(scheduler: Scheduler, definition: JobDefinition, firstValue: unknown) {
    this.scheduler = scheduler;
    this.definition = definition;
    this.jobId = definition.jobId;
    this.latestValue = signal(firstValue);
    this.status = this.latestStatus.asReadonly();
    this.lastValue = this.latestValue.asReadonly();
  }

  /** Adds the job. @returns a subscription that closes when the job is gone. */
  start(): Subscription {
    if (this.destroyed) return Subscription.EMPTY;
    const values = this.add(this.definition);
    const status$ = concat(this.scheduler.status$(this.jobId).pipe(takeWhile((status) => status !== null && this.owns)), of(null));
    const following = keepSignal(this.latestStatus, status$);
    following.add(values);
    return following;
  }

  /** Runs the job once at once, and transfers its value. @returns a subscription that closes after the run. */
  runOnce(transferred: TransferredValue): Subscription {
    if (this.destroyed) return Subscription.EMPTY;
    const { scheduler, jobId, definition } = this;
    const values = this.add({ ...definition, options: { ...definition.options, startPaused: true } });
    scheduler.runNow(jobId);
    const running = scheduler
      .status$(jobId)
      .pipe(takeWhile((status) => this.owns && status !== null && isBusy(status)))
      .subscribe({ error: () => undefined });
    running.add(() => {
      const succeeded = this.owns && scheduler.getJobStatus(jobId)?.lastRun?.outcome === 'succeeded';
      // a value that is not transferred is not shown either: the client would remove it
      if (!succeeded || !transferred.put(this.latestValue())) this.latestValue.set(undefined);
      values.unsubscribe();
      this.destroy();
    });
    return running;
  }

  destroy(): void {
    if (this.owns) this.scheduler.removeJob(this.jobId);
    this.destroyed = true;
  }

  pause(): boolean {
    return this.owns && this.scheduler.pauseJob(this.jobId);
  }

  resume(): boolean {
    return this.owns && this.scheduler.resumeJob(this.jobId);
  }

  runNow(): boolean {
    return this.owns && this.scheduler.runNow(this.jobId);
  }

  reschedule(trigger: Observable<unknown>): boolean {
    return this.owns && this.scheduler.reschedule(this.jobId, trigger);
  }

  /** True if the job with this id is its own: it has the same function. */
  private get owns(): boolean {
    return this.scheduler.runs(this.jobId, this.definition.job);
  }

  /** Adds the job and updates `lastValue` from then on. */
  private add(definition: JobDefinition): Subscription {
    const { scheduler, jobId } = this;
    // subscribe first: a plain Observable may fire at once
    const values = keepSignal(this.latestValue, scheduler.values$(jobId));
    if (scheduler.add(definition)) return values;
    values.unsubscribe();
    throw new InvalidOptionError('injectJob(jobId)', jobId, 'an id that is not in use');
  }
}

function isBusy({ activeRuns, queuedFires }: JobStatus): boolean {
  return activeRuns + queuedFires > 0;
}
