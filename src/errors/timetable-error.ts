import { describeValue } from './describe-value.js';
import { SharedError } from './shared-error.js';

/** The reason for which a timetable failed its own job: it answered with something that is not a later instant. */
export class TimetableError extends SharedError {
  /** @internal */
  static override readonly kind: string = 'extended-scheduler.TimetableError';
  override readonly name = 'TimetableError';
  readonly code = 'TIMETABLE';
  /** The instant that was asked about, on the timetable's axis, in ms. */
  readonly after: number;
  /** What the timetable answered. */
  readonly answer: unknown;

  constructor(after: number, answer: unknown, expected = 'a later instant in ms, or null') {
    super(`timetable asked for what follows ${String(after)}: expected ${expected}, got ${describeValue(answer)}`);
    this.after = after;
    this.answer = answer;
  }
}
