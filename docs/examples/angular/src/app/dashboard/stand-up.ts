import { Injectable, computed, signal } from '@angular/core';
import { cronTrigger, nextFireTimes } from 'extended-scheduler';
import type { Trigger } from 'extended-scheduler';
import { injectJob } from 'extended-scheduler/angular';

export const ZONES = ['Europe/Vienna', 'America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe'] as const;
export type Zone = (typeof ZONES)[number];

function standUpIn(zone: Zone): Trigger {
  return cronTrigger('0 9 * * MON-FRI', { timezone: zone });
}

/** Rings at nine on working days, in the zone of the team. */
@Injectable()
export class StandUp {
  private readonly chosen = signal<Zone>('Europe/Vienna');
  private readonly rings = signal(0);
  readonly zone = this.chosen.asReadonly();
  readonly rung = this.rings.asReadonly();

  readonly job = injectJob('stand-up', standUpIn(this.chosen()), () => this.ring());

  /** The next times, in epoch ms; none before the job has started. */
  readonly upcoming = computed(() => {
    const next = this.job.nextRunTime();
    return next === null ? [] : [next, ...nextFireTimes(standUpIn(this.zone()), { from: next, count: 2 })];
  });

  choose(zone: Zone): void {
    this.chosen.set(zone);
    this.job.reschedule(standUpIn(zone));
  }

  private ring(): void {
    this.rings.update((rings) => rings + 1);
  }
}
