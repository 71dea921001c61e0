import { untracked } from '@angular/core';
import type { NgZone } from '@angular/core';
import { NEVER, isObservable } from 'rxjs';
import type { Observable } from 'rxjs';
import type { JobDefinition } from '../jobs/job-definition.js';
import type { Caller } from '../jobs/job-plan.js';
import type { RemoveOptions } from '../jobs/job.js';
import type { RegistryOptions, ShutdownOptions, ShutdownResult } from '../scheduler/registry-options.js';
import { Scheduler } from '../scheduler/scheduler.js';
import type { Region } from '../model/region.js';
import { planOf } from '../triggers/trigger.js';
import { placed, relayed } from './placed.js';

/** Where an {@link InjectedScheduler} lives. */
export interface Surroundings {
  readonly zone: NgZone;
  /** Whether job functions run inside the zone that say nothing themselves. */
  readonly runInZone: boolean;
  /** Whether Angular renders on a server. */
  readonly onServer: boolean;
}

/** What is done outside of Angular's zone, or inside; the signals that are read there bind nobody. Without zone.js both are one place. */
export function zoneRegion(zone: NgZone, runInZone: boolean): Region {
  return runInZone ? (work) => untracked(() => zone.run(work)) : (work) => untracked(() => zone.runOutsideAngular(work));
}

/**
 * The scheduler that `provideScheduler` provides.
 *
 * Invariants: whoever calls it, and from where, and wherever an Observable emits that it follows, what comes of it is outside of Angular's
 * zone and of every reactive context, but for job functions that asked to be inside. On a server every job is paused and stays so, and
 * nothing of it is subscribed.
 */
export class InjectedScheduler extends Scheduler {
  /** Whether job functions run inside the zone that say nothing themselves. */
  readonly runInZone: boolean;
  private readonly apart: Region;
  private readonly place: Region;
  private readonly onServer: boolean;

  constructor(options: RegistryOptions, { zone, runInZone, onServer }: Surroundings) {
    super(onServer ? { ...options, defaults: { ...options.defaults, when: undefined } } : options);
    this.runInZone = runInZone;
    this.apart = zoneRegion(zone, false);
    this.place = zoneRegion(zone, runInZone);
    this.onServer = onServer;
  }

  /** @internal */
  override add({ jobId, trigger, job, options }: JobDefinition, caller?: Caller): boolean {
    const definition = { jobId, trigger: this.heard(trigger), job: placed(this.place, job), options: this.optionsHere(options) };
    return this.apart(() => super.add(definition, caller));
  }

  override pauseJob(jobId: string): boolean {
    return this.apart(() => super.pauseJob(jobId));
  }

  override resumeJob(jobId: string): boolean {
    return !this.onServer && this.apart(() => super.resumeJob(jobId));
  }

  override removeJob(jobId: string, options?: RemoveOptions): boolean {
    return this.apart(() => super.removeJob(jobId, options));
  }

  override runNow(jobId: string): boolean {
    return this.apart(() => super.runNow(jobId));
  }

  override reschedule(jobId: string, trigger: Observable<unknown>): boolean {
    return this.apart(() => super.reschedule(jobId, this.heard(trigger)));
  }

  override pauseAll(): number {
    return this.apart(() => super.pauseAll());
  }

  override resumeAll(): number {
    return this.onServer ? 0 : this.apart(() => super.resumeAll());
  }

  override shutdown(options?: ShutdownOptions): Promise<ShutdownResult> {
    return this.apart(() => super.shutdown(options));
  }

  /** A trigger as it is; any other Observable heard apart, on a server not at all. */
  private heard(trigger: Observable<unknown>): Observable<unknown> {
    if (!isObservable(trigger) || planOf(trigger) !== undefined) return trigger;
    return this.onServer ? NEVER : relayed(trigger, this.apart, this.apart);
  }

  private optionsHere(options: JobDefinition['options']): JobDefinition['options'] {
    if (this.onServer) return { ...options, startPaused: true, when: undefined };
    return isObservable(options?.when) ? { ...options, when: relayed(options.when, this.apart, this.apart) } : options;
  }
}
