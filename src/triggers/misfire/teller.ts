import type { SkipReason } from '../../model/job-event.js';
import type { Timetable } from '../../timetables/timetable.js';
import type { Group } from './group.js';

/** What a misfire policy has in hand: a driver, in the middle of a wake-up. */
export interface Teller {
  readonly timetable: Timetable;
  /** The earliest occurrence that was neither told nor dropped. */
  next: number | null;
  /** Whether it may fire: a listener may have paused its job meanwhile. */
  readonly running: boolean;
  /** Whether nobody listens any more. */
  readonly closed: boolean;
  /** By how many ms an occurrence is late at this moment. */
  latenessMs(instant: number): number;
  /** Tells of a fire and of what comes next; user code runs meanwhile. */
  deliver(instant: number, missedCount: number, next: number | null): void;
  /** Tells of a fire that is not to run. */
  drop(instant: number, missedCount: number, reason: SkipReason): void;
  /** Tells what comes next, where no fire does. */
  goOn(next: number | null): void;
}

/** A misfire policy: deals with all that came due at one wake-up. */
export type MisfirePolicy = (group: Group, teller: Teller, limits: { readonly misfireLimit: number; readonly graceMs: number }) => void;
