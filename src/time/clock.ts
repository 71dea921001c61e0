/** Calls a timer off. Calling it again, or after the timer has fired, does nothing. */
export type Cancel = () => void;

/**
 * Where time comes from: one reading, one kind of timer.
 *
 * Pass your own as the `clock` option of a scheduler or a trigger to run them in a time of your making. Without one, the
 * machine's clock is used, or the virtual or faked one that is in force when the scheduler is made.
 */
export interface Clock {
  /** The present instant in epoch ms. */
  now(): number;
  /**
   * How many ms have passed since some moment, whatever the wall clock is set to meanwhile. Without it, a clock that is set back is
   * measured by the last reading before.
   */
  passed?(): number;
  /**
   * Calls back once, at the instant `at` (epoch ms) or as soon after it as may be, never before and never from inside this call.
   * An instant that has passed means: as soon as may be.
   */
  setTimer(at: number, callback: () => void): Cancel;
}
