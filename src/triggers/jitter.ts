import { chance } from '../model/chance.js';
import { following } from '../timetables/timetable.js';
import type { Timetable } from '../timetables/timetable.js';

/**
 * By how many ms the fire of an occurrence is delayed: the same in every run of the same plan, and never up to the next occurrence.
 *
 * ```text
 * timetable   0         1         2         3
 * fires       ---0      -1        ----2     --3       scheduledAt stays that of the timetable
 * ```
 */
export function jitterOf(timetable: Timetable, jobId: string, instant: number, jitterMs: number): number {
  const next = nextOf(timetable, instant);
  const room = Number.isNaN(next) ? Infinity : next - instant - 1;
  return Math.floor(Math.max(0, Math.min(room, jitterMs)) * chance(jobId, instant));
}

/** A timetable that fails here fails when the occurrence has fired. */
function nextOf(timetable: Timetable, instant: number): number {
  try {
    return following(timetable, instant);
  } catch {
    return NaN;
  }
}
