import { computed, signal } from '@angular/core';
import type { PendingTasks, Signal, WritableSignal } from '@angular/core';
import { takeWhile } from 'rxjs';
import type { Subscription } from 'rxjs';
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
 * Lifecycle invariant: from {@link start} to {@link end} it owns the job of its id, unless somebody else removes that; before and
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
  private readonly transferred: TransferredValue;
  private readonly latestStatus: WritableSignal<JobStatus | null> = signal(null);
  private readonly latestValue: WritableSignal<unknown>;
  /** The subscription to its values, while it owns its job. */
  private values: Subscription | null = null;

  constructor(scheduler: Scheduler, definition: JobDefinition, transferred: TransferredValue) {
    this.scheduler = scheduler;
    this.definition = definition;
    this.transferred = transferred;
    this.jobId = definition.jobId;
    this.latestValue = signal(transferred.take());
    this.status = this.latestStatus.asReadonly();
    this.lastValue = this.latestValue.asReadonly();
  }

  /** Adds the job. */
  start(): void {
    this.add(this.definition);
    const status$ = this.scheduler.status$(this.jobId).pipe(takeWhile((status) => status !== null, true));
    keepSignal(this.latestStatus, status$).add(() => {
      this.disown();
    });
  }

  /** Runs the job once, now, whatever its trigger says; the app is not stable before the run has ended. Its value goes to the client. */
  runOnce(pendingTasks: PendingTasks): void {
    this.add({ ...this.definition, options: { ...this.definition.options, startPaused: true } });
    const done = pendingTasks.add();
    this.scheduler.runNow(this.jobId);
    const busy$ = this.scheduler.status$(this.jobId).pipe(takeWhile((status) => status !== null && isBusy(status)));
    busy$.subscribe({ error: () => undefined }).add(() => {
      this.transferred.put(this.latestValue());
      this.end();
      done();
    });
  }

  /** Removes the job. */
  end(): void {
    if (this.values === null) return;
    this.disown();
    this.scheduler.removeJob(this.jobId);
  }

  pause(): boolean {
    return this.values !== null && this.scheduler.pauseJob(this.jobId);
  }

  resume(): boolean {
    return this.values !== null && this.scheduler.resumeJob(this.jobId);
  }

  runNow(): boolean {
    return this.values !== null && this.scheduler.runNow(this.jobId);
  }

  private add(definition: JobDefinition): void {
    const { scheduler, jobId } = this;
    if (scheduler.getJobStatus(jobId) !== null) throw new InvalidOptionError('injectJob(jobId)', jobId, 'an id that is not taken');
    this.values = keepSignal(this.latestValue, scheduler.values$(jobId)); // before it is added: a plain Observable may fire at once
    scheduler.add(definition);
  }

  private disown(): void {
    this.values?.unsubscribe();
    this.values = null;
  }
}

function isBusy({ activeRuns, queuedFires }: JobStatus): boolean {
  return activeRuns + queuedFires > 0;
}
