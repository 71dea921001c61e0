import type { NgZone } from '@angular/core';
import { untracked } from '@angular/core';
import type { Observable } from 'rxjs';
import { isObservable, NEVER } from 'rxjs';
import type { RemoveOptions } from '../jobs/job.js';
import type { JobDefinition } from '../jobs/job-definition.js';
import type { Caller } from '../jobs/job-plan.js';
import type { Region } from '../model/region.js';
import type { RegistryOptions, ShutdownOptions, ShutdownResult } from '../scheduler/registry-options.js';
import { Scheduler } from '../scheduler/scheduler.js';
import { planOf } from '../triggers/trigger.js';
import { placed, relayed } from './placed.js';

/** The environment of an {@link InjectedScheduler}. */
export interface Environment {
  readonly zone: NgZone;
  /** True if job functions run inside the zone by default. */
  readonly runInZone: boolean;
  /** True if Angular renders on a server. */
  readonly onServer: boolean;
}

/** A region inside or outside Angular's zone. It is outside every reactive context. Without zone.js there is no difference. */
export function zoneRegion(zone: NgZone, runInZone: boolean): Region {
  return runInZone ? (work) => untracked(() => zone.run(work)) : (work) => untracked(() => zone.runOutsideAngular(work));
}

/**
 * The scheduler that `provideScheduler` provides.
 *
 * Invariants: it always works outside Angular's zone and outside every reactive context, except for job functions with `runInZone`. On a
 * server every job is paused and stays paused, and nothing is subscribed.
 */
export class InjectedScheduler extends Scheduler {
  /** True if job functions run inside the zone by default. */
  readonly runInZone: boolean;
  private readonly region: Region;
  private readonly jobRegion: Region;
  private readonly onServer: boolean;

  constructor(options: RegistryOptions, { zone, runInZone, onServer }: Environment) {
    super(onServer ? { ...options, defaults: { ...options.defaults, when: undefined } } : options);
    this.runInZone = runInZone;
    this.region = zoneRegion(zone, false);
    this.jobRegion = zoneRegion(zone, runInZone);
    this.onServer = onServer;
  }

  /** @internal */
  override add({ jobId, trigger, job, options }: JobDefinition, caller?: Caller): boolean {
    const definition = { jobId, trigger: this.outside(trigger), job: placed(this.jobRegion, job), options: this.optionsHere(options) };
    return this.region(() => super.add(definition, caller));
  }

  override pauseJob(jobId: string): boolean {
    return this.region(() => super.pauseJob(jobId));
  }

  override resumeJob(jobId: string): boolean {
    return !this.onServer && this.region(() => super.resumeJob(jobId));
  }

  override removeJob(jobId: string, options?: RemoveOptions): boolean {
    return this.region(() => super.removeJob(jobId, options));
  }

  override runNow(jobId: string): boolean {
    return this.region(() => super.runNow(jobId));
  }

  override reschedule(jobId: string, trigger: Observable<unknown>): boolean {
    return this.region(() => super.reschedule(jobId, this.outside(trigger)));
  }

  override pauseAll(): number {
    return this.region(() => super.pauseAll());
  }

  override resumeAll(): number {
    return this.onServer ? 0 : this.region(() => super.resumeAll());
  }

  override shutdown(options?: ShutdownOptions): Promise<ShutdownResult> {
    return this.region(() => super.shutdown(options));
  }

  /** Returns triggers unchanged. Any other Observable is subscribed outside the zone, and on a server not at all. */
  private outside(trigger: Observable<unknown>): Observable<unknown> {
    if (!isObservable(trigger) || planOf(trigger) !== undefined) return trigger;
    return this.onServer ? NEVER : relayed(trigger, this.region, this.region);
  }

  private optionsHere(options: JobDefinition['options']): JobDefinition['options'] {
    if (this.onServer) return { ...options, startPaused: true, when: undefined };
    return isObservable(options?.when) ? { ...options, when: relayed(options.when, this.region, this.region) } : options;
  }
}
