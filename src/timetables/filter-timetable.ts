import { ignoreRejection, isThenable } from '../guards/thenable.js';
import { TimetableError } from '../errors/timetable-error.js';
import { forked } from './timetable.js';
import type { Timetable } from './timetable.js';

/** So many instants refused in a row mean that the predicate takes none. */
const MOST_REFUSED = 100_000;

/** The instants of a timetable that the predicate takes. */
export function filterTimetable(timetable: Timetable, predicate: (time: number) => boolean): Timetable {
  const taken = (candidate: number | null, step: (instant: number) => number | null): number | null => {
    let instant = candidate;
    for (let refused = 0; instant !== null; refused++) {
      if (accepts(predicate, instant)) return instant;
      if (refused >= MOST_REFUSED)
        throw new TimetableError(instant, null, `an instant that the filter takes, not ${String(MOST_REFUSED)} refused in a row`);
      instant = step(instant);
    }
    return null;
  };
  const forwards = (instant: number): number | null => timetable.after(instant);
  const filtered: Timetable = {
    axis: timetable.axis,
    repeats: timetable.repeats === true,
    first: (start) => taken(timetable.first(start), forwards),
    after: (instant) => taken(timetable.after(instant), forwards),
  };
  if (timetable.before !== undefined) {
    const backwards = (instant: number): number | null => timetable.before?.(instant) ?? null;
    filtered.before = (instant) => taken(backwards(instant), backwards);
  }
  if (timetable.fork !== undefined) filtered.fork = () => filterTimetable(forked(timetable), predicate);
  return filtered;
}

/** A promise is true whatever it resolves to: an async predicate is an error. */
function accepts(predicate: (time: number) => boolean, instant: number): boolean {
  const answer: unknown = predicate(instant);
  if (!isThenable(answer)) return Boolean(answer);
  ignoreRejection(answer);
  throw new TimetableError(instant, answer, 'true or false from the predicate of filterTrigger');
}
