import { TimetableError } from '../errors/timetable-error.js';
import { ignoreRejection, isThenable } from '../guards/thenable.js';
import type { Timetable } from './timetable.js';
import { forked } from './timetable.js';

/** Maximum number of instants that the predicate may reject in a row. More mean that it accepts none. */
const MAX_REJECTED = 100_000;

/** Keeps the instants of a timetable that the predicate accepts. */
export function filterTimetable(timetable: Timetable, predicate: (time: number) => boolean): Timetable {
  const firstAccepted = (candidate: number | null, step: (instant: number) => number | null): number | null => {
    let instant = candidate;
    for (let rejected = 0; instant !== null; rejected++) {
      if (accepts(predicate, instant)) return instant;
      if (rejected >= MAX_REJECTED)
        throw new TimetableError(instant, null, `an instant that the filter accepts, not ${String(MAX_REJECTED)} rejected in a row`);
      instant = step(instant);
    }
    return null;
  };
  const forwards = (instant: number): number | null => timetable.after(instant);
  const filtered: Timetable = {
    axis: timetable.axis,
    repeats: timetable.repeats === true,
    foreseeable: timetable.foreseeable !== false,
    first: (start) => firstAccepted(timetable.first(start), forwards),
    after: (instant) => firstAccepted(timetable.after(instant), forwards),
  };
  if (timetable.before !== undefined) {
    const backwards = (instant: number): number | null => timetable.before?.(instant) ?? null;
    filtered.before = (instant) => firstAccepted(backwards(instant), backwards);
  }
  if (timetable.fork !== undefined) filtered.fork = () => filterTimetable(forked(timetable), predicate);
  return filtered;
}

/** An async predicate is an error: a promise is always truthy. */
function accepts(predicate: (time: number) => boolean, instant: number): boolean {
  const answer: unknown = predicate(instant);
  if (!isThenable(answer)) return Boolean(answer);
  ignoreRejection(answer);
  throw new TimetableError(instant, answer, 'true or false from the predicate of filterTrigger');
}
