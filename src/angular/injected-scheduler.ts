import { untracked } from '@angular/core';
import type { NgZone } from '@angular/core';
import { NEVER } from 'rxjs';
import type { Observable } from 'rxjs';
import type { JobDefinition } from '../jobs/job-definition.js';
import type { Caller } from '../jobs/job-plan.js';
import type { RemoveOptions } from '../jobs/job.js';
import type { RegistryOptions, ShutdownOptions } from '../scheduler/registry-options.js';
import { Scheduler } from '../scheduler/scheduler.js';
import type { Region } from '../time/world.js';
import { planOf } from '../triggers/trigger.js';
import { placed } from './placed.js';

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
 * Invariants: whoever calls it, and from where, what comes of it is outside of Angular's zone and of every reactive context, but for job
 * functions that asked to be inside. On a server every job is paused, and nothing of it is subscribed.
 */
export class InjectedScheduler extends Scheduler {
  private readonly apart: Region;
  private readonly place: Region;
  /** Whether job functions run inside the zone that say nothing themselves. */
  readonly runInZone: boolean;
  private readonly onServer: boolean;

  constructor(options: RegistryOptions, { zone, runInZone, onServer }: Surroundings) {
    super(options);
    this.apart = zoneRegion(zone, false);
    this.place = zoneRegion(zone, runInZone);
    this.runInZone = runInZone;
    this.onServer = onServer;
  }

  /** @internal */
  override add(definition: JobDefinition, caller?: Caller): boolean {
    this.check(definition, caller); // before the function is wrapped, and a wrong one hidden
    const { jobId, trigger, options } = definition;
    const job = placed(this.place, definition.job);
    if (!this.onServer) return this.apart(() => super.add({ jobId, trigger, job, options }, caller));
    return super.add({ jobId, trigger: quiet(trigger), job, options: { ...options, startPaused: true, when: undefined } }, caller);
  }

  override pauseJob(jobId: string): boolean {
    return this.apart(() => super.pauseJob(jobId));
  }

  override resumeJob(jobId: string): boolean {
    return this.apart(() => super.resumeJob(jobId));
  }

  override removeJob(jobId: string, options?: RemoveOptions): boolean {
    return this.apart(() => super.removeJob(jobId, options));
  }

  override runNow(jobId: string): boolean {
    return this.apart(() => super.runNow(jobId));
  }

  override reschedule(jobId: string, trigger: Observable<unknown>): boolean {
    return this.apart(() => super.reschedule(jobId, this.onServer ? quiet(trigger) : trigger));
  }

  override pauseAll(): number {
    return this.apart(() => super.pauseAll());
  }

  override resumeAll(): number {
    return this.apart(() => super.resumeAll());
  }

  override shutdown(options?: ShutdownOptions): Promise<void> {
    return this.apart(() => super.shutdown(options));
  }
}

/** A trigger as it is: paused, it does nothing. In place of any other Observable, one that nothing comes of. */
function quiet(trigger: Observable<unknown>): Observable<unknown> {
  return planOf(trigger) === undefined ? NEVER : trigger;
}
