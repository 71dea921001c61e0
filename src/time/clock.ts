/** Cancels a timer. Does nothing if the timer has fired or was cancelled before. */
export type Cancel = () => void;

/**
 * A source of time: one reading and one kind of timer.
 *
 * Pass your own as the option `clock` of a scheduler or a trigger to control its time. Without one, a scheduler uses the clock that is
 * in force when it is created: the machine's clock, or a virtual or faked one.
 */
export interface Clock {
  /** The present time in epoch ms. */
  now(): number;
  /**
   * A monotonic reading in ms: setting the wall clock does not change it. Without this method, a step back of the clock is measured by
   * the last reading before it.
   */
  passed?(): number;
  /**
   * Calls `callback` once, at the instant `at` (epoch ms) or as soon as possible after it. It must never call it early, and never inside
   * this call. An instant in the past means as soon as possible.
   */
  setTimer(at: number, callback: () => void): Cancel;
}
