import type { Timetable } from '../../timetables/timetable.js';
import { following } from '../../timetables/timetable.js';

/** Maximum of a count of missed occurrences. */
export const MAX_MISSED = 1_000;

/** All occurrences of a timetable that are due at one wake-up. */
export interface Group {
  readonly oldest: number;
  readonly newest: number;
  /** Number of occurrences besides the newest, counted up to one more than {@link MAX_MISSED} plus those that are replayed. */
  readonly others: number;
  /** The first occurrence that is not due yet, or NaN if none is left. */
  readonly next: number;
}

/**
 * The occurrences from `oldest` to `position`, both inclusive.
 *
 * Takes one step if the timetable has `before`. Otherwise it steps forward, {@link MAX_MISSED} times plus the number of replayed ones, and
 * the last occurrence that it reaches counts as the newest.
 */
export function dueGroup(timetable: Timetable, oldest: number, position: number, replayed = 0): Group {
  const max = MAX_MISSED + replayed;
  const second = following(timetable, oldest);
  if (!(second <= position)) return { oldest, newest: oldest, others: 0, next: second };
  if (timetable.before === undefined) return walk(timetable, oldest, position, max);
  const next = following(timetable, position);
  const newest = timetable.before(Number.isNaN(next) ? Infinity : next) ?? oldest;
  const others = timetable.count?.(oldest, newest, max + 1) ?? walk(timetable, oldest, newest, max).others;
  return { oldest, newest, others, next };
}

function walk(timetable: Timetable, oldest: number, position: number, max: number): Group {
  let newest = oldest;
  for (let others = 0; others < max; others++) {
    const next = following(timetable, newest);
    if (!(next <= position)) return { oldest, newest, others, next };
    newest = next;
  }
  const others = following(timetable, newest) <= position ? max + 1 : max;
  return { oldest, newest, others, next: following(timetable, position) };
}
