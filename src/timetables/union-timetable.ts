import type { Axis, Timetable } from './timetable.js';

/** The timetable of all the instants of several, each instant once. They stand on one axis. */
export function unionTimetable(children: readonly Timetable[], axis: Axis): Timetable {
  // A child may have its first instant before the start (a one-time that has passed). Until the start is reached, the
  // others answer with their own first, so that they do not catch up on what lies before it.
  let startedAt = -Infinity;
  const union: Timetable = {
    axis,
    first: (start) => {
      startedAt = start;
      return earliest(children, (child) => child.first(start));
    },
    after: (instant) =>
      earliest(children, (child) => {
        const first = instant < startedAt ? child.first(startedAt) : null;
        return first !== null && first > instant ? first : child.after(instant);
      }),
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

function earliest(children: readonly Timetable[], ask: (child: Timetable) => number | null): number | null {
  let soonest: number | null = null;
  for (const child of children) {
    const answer = ask(child);
    if (answer !== null && (soonest === null || answer < soonest)) soonest = answer;
  }
  return soonest;
}

/** The timetable as one subscription uses it: a fork where it has a state, else itself. */
export function forked(timetable: Timetable): Timetable {
  return timetable.fork?.() ?? timetable;
}
