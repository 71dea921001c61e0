import type { Timetable } from './timetable.js';

/** Limits a timetable to the instants from `start` to `end`, both inclusive, in ms on its axis. */
export function boundedTimetable(timetable: Timetable, start: number, end: number): Timetable {
  if (start === -Infinity && end === Infinity) return timetable;
  const upTo = (instant: number | null): number | null => (instant !== null && instant <= end ? instant : null);
  const atOrAfter = (instant: number): number | null => timetable.after(justBefore(instant));
  const bounded: Timetable = {
    axis: timetable.axis,
    repeats: timetable.repeats === true,
    first: (from) => upTo(from < start ? atOrAfter(start) : timetable.first(from)),
    after: (instant) => upTo(instant < start ? atOrAfter(start) : timetable.after(instant)),
  };
  if (timetable.before !== undefined) {
    bounded.before = (instant) => {
      const newest = timetable.before?.(instant > end ? justAfter(end) : instant) ?? null;
      return newest !== null && newest >= start ? newest : null;
    };
  }
  if (timetable.count !== undefined) {
    bounded.count = (from, to, max) => timetable.count?.(Math.max(from, start), Math.min(to, justAfter(end)), max) ?? 0;
  }
  return bounded;
}

/** The last whole millisecond before an instant. */
function justBefore(instant: number): number {
  return Math.ceil(instant) - 1;
}

function justAfter(instant: number): number {
  return Math.floor(instant) + 1;
}
