import type { Timetable } from './timetable.js';

/** One period after any instant. The driver asks when the run has ended. */
export function spacedTimetable(periodMs: number, immediate: boolean): Timetable {
  return {
    axis: 'elapsed',
    foreseeable: false, // the end of a run decides
    first: (start) => (immediate ? start : start + periodMs),
    after: (instant) => instant + periodMs,
  };
}
