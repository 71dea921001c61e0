import { chance } from '../model/chance.js';
import type { Timetable } from '../timetables/timetable.js';
import { followingOrNone } from '../timetables/timetable.js';

/**
 * The random delay of an occurrence in ms. The same plan has the same delays in every run. The delay never reaches the next occurrence.
 *
 * ```text
 * timetable   0         1         2         3
 * fires       ---0      -1        ----2     --3       scheduledAt stays that of the timetable
 * ```
 */
export function jitterOf(timetable: Timetable, jobId: string, instant: number, jitterMs: number): number {
  const next = followingOrNone(timetable, instant);
  const room = Number.isNaN(next) ? Infinity : next - instant - 1;
  return Math.floor(Math.max(0, Math.min(room, jitterMs)) * chance(jobId, instant));
}
