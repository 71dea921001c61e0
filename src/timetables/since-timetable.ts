import type { Timetable } from './timetable.js';

/** Begins with the first instant after `since`, in ms on its axis, even if that has passed at the start: then it is late. */
export function sinceTimetable(timetable: Timetable, since: number): Timetable {
  const late: Timetable = {
    axis: timetable.axis,
    repeats: timetable.repeats === true,
    first: (start) => (since < start ? timetable.after(since) : timetable.first(start)),
    after: (instant) => timetable.after(instant),
  };
  if (timetable.before !== undefined) late.before = (instant) => timetable.before?.(instant) ?? null;
  if (timetable.count !== undefined) late.count = (from, to, max) => timetable.count?.(from, to, max) ?? 0;
  return late;
}
