import type { DstRule, Timetable } from 'extended-scheduler';
import { cronTrigger } from 'extended-scheduler';

/** What the specs ask of a cron expression. */
export interface CronTimes extends Timetable {
  before(instant: number): number | null;
  count(from: number, to: number, max: number): number;
  matches(instant: number): boolean;
}

/** The timetable of a cron trigger, got by the name of the package: the same specs run on src and on the built package. */
export function cronOf(expression: string, timezone = 'UTC', dst: DstRule = {}): CronTimes {
  return cronTrigger(expression, { timezone, dst }).timetable as CronTimes;
}
