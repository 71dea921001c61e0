import type { ComingQuery } from '../model/coming-query.js';
import type { Timetable } from '../timetables/timetable.js';
import { followingOrNone } from '../timetables/timetable.js';

/** What comes next, as its driver knows it. */
export interface Outlook {
  /** Number of runs that start at once, because they are late. */
  readonly overdue: number;
  /** The first occurrence that is not late, in ms on the axis of the timetable. NaN if there is none, or if it cannot be known. */
  readonly next: number;
  /** When an occurrence will run, in epoch ms. */
  runAt(instant: number): number;
  /** The instant on the axis of the timetable that belongs to an instant of the wall clock. */
  positionAt(time: number): number;
  /** Maximum delay of an occurrence, in ms. */
  readonly jitterMs: number;
}

/** Nothing but what is armed is known. */
export const NO_OUTLOOK: Outlook = { overdue: 0, next: NaN, jitterMs: 0, runAt: (instant) => instant, positionAt: (time) => time };

/**
 * The coming runs of a job, in epoch ms and in order. It ends early where the timetable fails.
 *
 * @param now the present wall clock.
 */
export function comingRuns(timetable: Timetable, outlook: Outlook, query: ComingQuery, now: number): number[] {
  const { from, until, armedAt } = query;
  const times: number[] = [];
  let { runsLeft } = query;
  let { next, overdue } = outlook;
  const add = (time: number): boolean => {
    if (runsLeft-- <= 0 || time > until || times.length >= query.count) return false;
    if (time >= from) times.push(time);
    return true;
  };
  if (!Number.isNaN(armedAt)) {
    if (!add(armedAt)) return times;
    if (overdue > 0) overdue--;
    else next = after(next);
  }
  for (; overdue > 0; overdue--) if (!add(now)) return times;
  const target = outlook.positionAt(from) - outlook.jitterMs - 1;
  if (next <= target) {
    const jumped = after(target);
    if (Number.isNaN(jumped)) return times;
    if (runsLeft !== Infinity) runsLeft -= countOf(timetable, next, jumped, runsLeft);
    next = jumped;
  }
  while (!Number.isNaN(next) && add(outlook.runAt(next))) next = after(next);
  return times;

  function after(instant: number): number {
    return timetable.foreseeable === false ? NaN : followingOrNone(timetable, instant);
  }
}

/** Number of occurrences from `from` (inclusive) to `to` (exclusive), at most `max`. */
function countOf(timetable: Timetable, from: number, to: number, max: number): number {
  if (timetable.count !== undefined) return timetable.count(from, to, max);
  let count = 0;
  for (let at = from; at < to && count < max; at = followingOrNone(timetable, at)) count++;
  return count;
}
