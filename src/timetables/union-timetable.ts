import type { Axis } from '../model/axis.js';
import type { Timetable } from './timetable.js';
import { forked } from './timetable.js';

/** Combines timetables on the same axis. Each instant counts once. */
export function unionTimetable(children: readonly Timetable[], axis: Axis): Timetable {
  // A child may have its first instant before the start: a one-time that has passed. After such an instant the other children answer
  // with their first instants. They must not catch up on the time between it and the start.
  let firsts: readonly (number | null)[] = [];
  let startedAt = -Infinity;
  const union: Timetable = {
    axis,
    repeats: children.every((child) => child.repeats === true), // otherwise a fixed time of one child would come twice
    foreseeable: children.every((child) => child.foreseeable !== false),
    first: (start) => {
      startedAt = start;
      firsts = children.map((child) => child.first(start));
      return earliest(firsts);
    },
    after: (instant) => {
      const isLate = instant < startedAt && firsts.includes(instant);
      return earliest(
        children.map((child, index) => {
          const first = firsts[index] ?? null;
          return isLate && first !== null && first > instant ? first : child.after(instant);
        }),
      );
    },
    fork: () => unionTimetable(children.map(forked), axis),
  };
  if (children.every((child) => child.before !== undefined)) {
    union.before = (instant) => {
      let newest: number | null = null;
      for (const child of children) {
        const answer = child.before?.(instant) ?? null;
        if (answer !== null && (newest === null || answer > newest)) newest = answer;
      }
      return newest;
    };
  }
  return union;
}

function earliest(instants: readonly (number | null)[]): number | null {
  return instants.reduce((soonest, instant) => (soonest === null || (instant !== null && instant < soonest) ? instant : soonest), null);
}
