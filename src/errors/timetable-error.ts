import { describeValue } from './describe-value.js';
import { SharedError } from './shared-error.js';

/** The error of a trigger whose timetable returned something else than a later instant. */
export class TimetableError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.TimetableError';
  override readonly name = 'TimetableError';
  readonly code = 'TIMETABLE';
  /** The instant that was passed to the timetable, in ms on its axis. */
  readonly after: number;
  /** What the timetable returned. */
  readonly answer: unknown;

  constructor(after: number, answer: unknown, expected = 'a later instant in ms, or null') {
    super(`timetable.after(${String(after)}): expected ${expected}, got ${describeValue(answer)}`);
    this.after = after;
    this.answer = answer;
  }
}
