import { computed, signal } from '@angular/core';
import type { Signal, WritableSignal } from '@angular/core';
import { Subscription, concat, of, takeWhile } from 'rxjs';
import type { Observable } from 'rxjs';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { JobDefinition } from '../jobs/job-definition.js';
import type { JobStatus } from '../model/job-status.js';
import type { Scheduler } from '../scheduler/scheduler.js';
import type { JobRef } from './job-ref.js';
import { keepSignal } from './keep-signal.js';
import type { TransferredValue } from './transferred-value.js';

/**
 * A job that belongs to a component or a service, and its signals.
 *
 * Lifecycle invariant: from {@link start} to {@link destroy} it owns the job of its id, unless somebody else removes that; before and
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

  /** @param firstValue what `lastValue` is before the first run. */
  constructor(scheduler: Scheduler, definition: JobDefinition, firstValue: unknown) {
    this.scheduler = scheduler;
    this.definition = definition;
    this.jobId = definition.jobId;
    this.latestValue = signal(firstValue);
    this.status = this.latestStatus.asReadonly();
    this.lastValue = this.latestValue.asReadonly();
  }

  /** Adds the job. @returns what ends when the job is gone. */
  start(): Subscription {
    if (this.destroyed) return Subscription.EMPTY;
    const values = this.add(this.definition);
    const status$ = concat(this.scheduler.status$(this.jobId).pipe(takeWhile((status) => status !== null && this.owns)), of(null));
    const following = keepSignal(this.latestStatus, status$);
    following.add(values);
    return following;
  }

  /** Runs the job once, now, whatever its trigger says, and sends what it gave. @returns what ends when the run has. */
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
      // what is not sent is not shown either: the client would take it back
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

  /** Whether the job of its id is its own: nobody else has its function. */
  private get owns(): boolean {
    return this.scheduler.runs(this.jobId, this.definition.job);
  }

  /** Adds it and keeps `lastValue` from then on. */
  private add(definition: JobDefinition): Subscription {
    const { scheduler, jobId } = this;
    // followed before it is added: a plain Observable may fire at once
    const values = keepSignal(this.latestValue, scheduler.values$(jobId));
    if (scheduler.add(definition)) return values;
    values.unsubscribe();
    throw new InvalidOptionError('injectJob(jobId)', jobId, 'an id that is not taken');
  }
}

function isBusy({ activeRuns, queuedFires }: JobStatus): boolean {
  return activeRuns + queuedFires > 0;
}
