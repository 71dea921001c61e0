import { TimetableError } from '../errors/timetable-error.js';

/**
 * What time the instants of a timetable are counted in:
 *
 * - `'wall'`: epoch ms; it goes on while a job is paused (cron, one-time, an interval with a start or an end time);
 * - `'elapsed'`: ms on the job's stopwatch, which stands still while the job is paused (timestamps, an interval).
 */
export type Axis = 'wall' | 'elapsed';

/**
 * The instants at which something is to happen: pure numbers, in ms on one axis. Knows no clock and no RxJS.
 *
 * `after` is total: it answers for **any** instant, so that catching up is one step and not a loop. `null` means never again.
 * Without `before` and `count` whoever needs them steps, at most 1,000 times.
 */
export interface Timetable {
  readonly axis: Axis;
  /** Whether it goes on at once from the new time when the wall clock is set back; else it does not repeat what it did. */
  readonly repeats?: boolean;
  /** The first instant of somebody who starts at `start` (0 on the elapsed axis); may be `start` itself, or earlier. */
  first(start: number): number | null;
  /** The earliest instant strictly later than `instant`. */
  after(instant: number): number | null;
  /** The newest instant strictly earlier than `instant`, which may be `Infinity` where the timetable ends. */
  before?(instant: number): number | null;
  /** How many instants there are from `from` (inclusive) to `to` (exclusive), at most `max`. */
  count?(from: number, to: number, max: number): number;
  /** The place of the instant among all, from 0, where places are fixed; it becomes the `index` of the fire. */
  position?(instant: number): number;
  /** A copy with a state of its own, for one subscription; pure timetables have no need of it. */
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
