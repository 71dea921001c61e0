import { TimetableError } from '../errors/timetable-error.js';
import type { Axis, Timetable } from './timetable.js';

/** A timetable of your own, in one method. */
export interface TimetableSource {
  /** What the instants are counted in; `'wall'` (epoch ms) unless told. */
  readonly axis?: Axis | undefined;
  /**
   * The next instant strictly later than `after`, in ms on the axis, or null for never again. The first call is given
   * the start. It need not be pure: an answer is remembered, and not asked for again, until it has passed.
   */
  next(after: number): number | null;
}

/** The timetable of a source or of a factory, which gives every subscription a source of its own. */
export function customTimetable(source: TimetableSource | (() => TimetableSource)): Timetable {
  return new CustomTimetable(source, typeof source === 'function' ? source() : source);
}

class CustomTimetable implements Timetable {
  readonly axis: Axis;
  private readonly origin: TimetableSource | (() => TimetableSource);
  private readonly source: TimetableSource;
  /** The last answer; undefined before the first. */
  private remembered: number | null | undefined;

  constructor(origin: TimetableSource | (() => TimetableSource), source: TimetableSource) {
    this.origin = origin;
    this.source = source;
    this.axis = source.axis ?? 'wall';
  }

  first(start: number): number | null {
    return this.after(start);
  }

  after(instant: number): number | null {
    if (this.remembered === null || (this.remembered !== undefined && this.remembered > instant)) return this.remembered;
    const answer: unknown = this.source.next(instant);
    if (answer !== null && !(typeof answer === 'number' && Number.isFinite(answer) && answer > instant))
      throw new TimetableError(instant, answer);
    this.remembered = answer;
    return answer;
  }

  fork(): Timetable {
    return customTimetable(this.origin);
  }
}
