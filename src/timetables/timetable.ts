import { TimetableError } from '../errors/timetable-error.js';
import type { Axis } from '../model/axis.js';

/**
 * The instants at which a trigger fires: numbers in ms on one axis. It uses no clock and no RxJS.
 *
 * `after` must answer for **any** instant: catching up after a sleep is then one step, not a loop. Null means never again. If `before` or
 * `count` is missing, the driver calls `after` instead, at most 1,000 times.
 */
export interface Timetable {
  readonly axis: Axis;
  /**
   * True if the timetable starts again from the new time when the wall clock is set back. Otherwise it does not repeat its instants.
   *
   * @default false
   */
  readonly repeats?: boolean;
  /**
   * False if asking for an instant changes later answers, as with the source of a custom trigger. Then nothing asks for instants that are
   * not needed for the next fire.
   *
   * @default true
   */
  readonly foreseeable?: boolean;
  /** The first instant for a start at `start`, which is 0 on the elapsed axis. May be `start` itself, or earlier. */
  first(start: number): number | null;
  /** The earliest instant strictly later than `instant`. */
  after(instant: number): number | null;
  /** The latest instant strictly earlier than `instant`, which may be `Infinity`. */
  before?(instant: number): number | null;
  /** Number of instants from `from` (inclusive) to `to` (exclusive), at most `max`. */
  count?(from: number, to: number, max: number): number;
  /** Position of the instant in a fixed list, from 0. It becomes the `index` of the fire. */
  position?(instant: number): number;
  /** Creates a copy with its own state, for one subscription. A timetable without a state does not need it. */
  fork?(): Timetable;
}

/** The timetable for one subscription: a copy if it has a state, else the timetable itself. */
export function forked(timetable: Timetable): Timetable {
  return timetable.fork?.() ?? timetable;
}

/**
 * The occurrence after an instant, or NaN if there is none.
 *
 * @throws TimetableError if the timetable does not move forward: its job fails instead of hanging the process.
 */
export function following(timetable: Timetable, instant: number): number {
  const answer: unknown = timetable.after(instant);
  if (answer === null) return NaN;
  if (typeof answer !== 'number' || !(answer > instant) || answer === Infinity) throw new TimetableError(instant, answer);
  return answer;
}

/** The occurrence after an instant, or NaN if there is none or the timetable fails. The driver reports the failure when it gets there. */
export function followingOrNone(timetable: Timetable, instant: number): number {
  try {
    return following(timetable, instant);
  } catch {
    return NaN;
  }
}
