import { TimetableError } from '../errors/timetable-error.js';
import type { Timetable } from '../timetables/timetable.js';

/** Counts of missed occurrences stop here. */
export const MOST_MISSED = 1_000;

/** All occurrences of a timetable that are due at one wake-up. */
export interface Group {
  readonly oldest: number;
  readonly newest: number;
  /** How many there are besides the newest, at most {@link MOST_MISSED}. */
  readonly others: number;
  /** The first that is not due yet, or null. */
  readonly next: number | null;
}

/**
 * The occurrences from `oldest` to `position`, both inclusive.
 *
 * One step where the timetable knows `before`. Else it is stepped through, at most {@link MOST_MISSED} times, and the newest
 * that was reached stands.
 */
export function dueGroup(timetable: Timetable, oldest: number, position: number): Group {
  const second = following(timetable, oldest);
  if (second === null || second > position) return { oldest, newest: oldest, others: 0, next: second };
  if (timetable.before === undefined) return walk(timetable, oldest, position);
  const next = following(timetable, position);
  const newest = timetable.before(next ?? Infinity) ?? oldest;
  const others = timetable.count?.(oldest, newest, MOST_MISSED) ?? walk(timetable, oldest, newest).others;
  return { oldest, newest, others, next };
}

/** The last `limit` occurrences of a group; the rest of it counts as missed. */
export function newestOf(timetable: Timetable, group: Group, limit: number): { readonly first: number; readonly missed: number } {
  const missed = Math.max(0, group.others + 1 - limit);
  if (missed === 0) return { first: group.oldest, missed };
  if (timetable.before === undefined) return { first: stepped(timetable, group.oldest, missed), missed };
  let first = group.newest;
  for (let back = 1; back < limit; back++) first = timetable.before(first) ?? first;
  return { first, missed };
}

/** What follows an instant, checked: a timetable that does not move forward fails its job instead of hanging the process. */
export function following(timetable: Timetable, instant: number): number | null {
  const answer: unknown = timetable.after(instant);
  if (answer === null) return null;
  if (typeof answer !== 'number' || !(answer > instant) || answer === Infinity) throw new TimetableError(instant, answer);
  return answer;
}

function walk(timetable: Timetable, oldest: number, position: number): Group {
  let newest = oldest;
  for (let others = 0; others < MOST_MISSED; others++) {
    const next = following(timetable, newest);
    if (next === null || next > position) return { oldest, newest, others, next };
    newest = next;
  }
  return { oldest, newest, others: MOST_MISSED, next: following(timetable, position) };
}

function stepped(timetable: Timetable, from: number, times: number): number {
  let instant = from;
  for (let step = 0; step < times; step++) instant = following(timetable, instant) ?? instant;
  return instant;
}
