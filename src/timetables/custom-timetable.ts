import { describeValue } from '../errors/describe-value.js';
import { TimetableError } from '../errors/timetable-error.js';
import { ignoreRejection } from '../guards/thenable.js';
import type { Axis } from '../model/axis.js';
import type { Timetable } from './timetable.js';

/** Your own timetable, in one method. */
export interface TimetableSource {
  /**
   * The time in which the instants are counted.
   *
   * @default 'wall'
   */
  readonly axis?: Axis | undefined;
  /**
   * Returns the next instant strictly later than `after`, in ms on the axis, or null for never again. The first call gets the start. It
   * may be random: the scheduler keeps each answer.
   */
  next(after: number): number | null;
}

/** Creates the timetable of a source. A factory gives every subscription its own source. */
export function customTimetable(source: TimetableSource | (() => TimetableSource), axis?: Axis): Timetable {
  const made = sourceOf(source);
  if (isTimetableSource(made) && (axis === undefined || axis === (made.axis ?? 'wall'))) return new CustomTimetable(source, made);
  throw new TypeError(`customTrigger(source): a later call returned ${describeValue(made)}: expected one like the first`);
}

/** Returns the source, or what the factory returns. That may be any value. */
export function sourceOf(source: TimetableSource | (() => TimetableSource)): unknown {
  if (typeof source !== 'function') return source;
  const made: unknown = source();
  ignoreRejection(made); // an async factory is an error anyway
  return made;
}

export function isTimetableSource(made: unknown): made is TimetableSource {
  return typeof made === 'object' && made !== null && typeof (made as Partial<TimetableSource>).next === 'function';
}

/** Maximum number of answers that are kept, to step through a group of late ones again. */
const MAX_KEPT = 4_000;

class CustomTimetable implements Timetable {
  readonly axis: Axis;
  readonly foreseeable = false;
  private readonly origin: TimetableSource | (() => TimetableSource);
  private readonly source: TimetableSource;
  /** The newest answers, in order. */
  private answers: number[] = [];
  private ended = false;

  constructor(origin: TimetableSource | (() => TimetableSource), source: TimetableSource) {
    this.origin = origin;
    this.source = source;
    this.axis = source.axis ?? 'wall';
  }

  first(start: number): number | null {
    return this.after(start);
  }

  after(instant: number): number | null {
    const last = this.answers.at(-1) ?? -Infinity;
    if (instant < last) return this.answers.find((answer) => answer > instant) ?? last;
    return this.ended ? null : this.ask(instant);
  }

  fork(): Timetable {
    return customTimetable(this.origin, this.axis);
  }

  private ask(instant: number): number | null {
    const answer: unknown = this.source.next(instant);
    if (answer === null) {
      this.ended = true;
      return null;
    }
    ignoreRejection(answer); // an async `next` is an error anyway
    if (typeof answer !== 'number' || !Number.isFinite(answer) || answer <= instant) throw new TimetableError(instant, answer);
    if (this.answers.length >= MAX_KEPT) this.answers = this.answers.slice(MAX_KEPT / 2);
    this.answers.push(answer);
    return answer;
  }
}
