import { forked } from './timetable.js';
import type { Axis, Timetable } from './timetable.js';

/** The timetable of all the instants of several, each instant once. They stand on one axis. */
export function unionTimetable(children: readonly Timetable[], axis: Axis): Timetable {
  // A child may have its first instant before the start (a one-time that has passed). After such an instant the others answer
  // with their own first, so that they do not catch up on what lies between it and the start.
  let firsts: readonly (number | null)[] = [];
  let startedAt = -Infinity;
  const union: Timetable = {
    axis,
    repeats: children.every((child) => child.repeats === true), // else a fixed time of one would come twice
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
