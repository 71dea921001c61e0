import type { Timetable } from './timetable.js';

/** The timetable of one instant, in epoch ms. `first` returns it even if it has passed: then it is late. */
export function oneTimeTimetable(runAt: number): Timetable {
  return {
    axis: 'wall',
    first: () => runAt,
    after: (instant) => (instant < runAt ? runAt : null),
    before: (instant) => (runAt < instant ? runAt : null),
    count: (from, to, max) => (from <= runAt && runAt < to ? Math.min(1, max) : 0),
  };
}
