import { following } from '../../timetables/timetable.js';
import type { Timetable } from '../../timetables/timetable.js';

/** Counts of missed occurrences stop here. */
export const MOST_MISSED = 1_000;

/** All occurrences of a timetable that are due at one wake-up. */
export interface Group {
  readonly oldest: number;
  readonly newest: number;
  /** How many there are besides the newest, counted up to one more than {@link MOST_MISSED} and what is to be replayed. */
  readonly others: number;
  /** The first that is not due yet, or NaN where nothing is left. */
  readonly next: number;
}

/**
 * The occurrences from `oldest` to `position`, both inclusive.
 *
 * One step where the timetable knows `before`. Else it is stepped through, {@link MOST_MISSED} times and as many more as are to be
 * replayed, and the newest that was reached stands.
 */
export function dueGroup(timetable: Timetable, oldest: number, position: number, replayed = 0): Group {
  const most = MOST_MISSED + replayed;
  const second = following(timetable, oldest);
  if (!(second <= position)) return { oldest, newest: oldest, others: 0, next: second };
  if (timetable.before === undefined) return walk(timetable, oldest, position, most);
  const next = following(timetable, position);
  const newest = timetable.before(Number.isNaN(next) ? Infinity : next) ?? oldest;
  const others = timetable.count?.(oldest, newest, most + 1) ?? walk(timetable, oldest, newest, most).others;
  return { oldest, newest, others, next };
}

function walk(timetable: Timetable, oldest: number, position: number, most: number): Group {
  let newest = oldest;
  for (let others = 0; others < most; others++) {
    const next = following(timetable, newest);
    if (!(next <= position)) return { oldest, newest, others, next };
    newest = next;
  }
  const others = following(timetable, newest) <= position ? most + 1 : most;
  return { oldest, newest, others, next: following(timetable, position) };
}
