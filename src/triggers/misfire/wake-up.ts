import type { SkipReason } from '../../model/job-event.js';
import type { Timetable } from '../../timetables/timetable.js';
import type { Group } from './group.js';

/** What a misfire policy has in hand: a driver, in the middle of a wake-up. */
export interface WakeUp {
  readonly timetable: Timetable;
  /** The earliest occurrence that was neither told nor dropped; NaN where nothing is left. */
  next: number;
  /** Whether it may fire: a listener may have paused its job meanwhile. */
  readonly running: boolean;
  /** Whether nobody listens any more. */
  readonly closed: boolean;
  /** The clock, read once more: for what comes after user code. */
  now(): number;
  /** By how many ms an occurrence is late at `now`, beyond what wake-ups are granted. */
  latenessMs(instant: number, now: number): number;
  /** Whether an occurrence has come at `now`, its jitter included. */
  isDue(instant: number, now: number): boolean;
  /** Emits a fire and what comes next, NaN for nothing; user code runs meanwhile. `missedCount` is cut off at {@link MOST_MISSED}. */
  deliver(instant: number, missedCount: number, next: number, now: number): void;
  /** Tells of a fire that is not to run. */
  drop(instant: number, missedCount: number, reason: SkipReason, now: number): void;
  /** Tells what comes next, where no fire does. */
  goOn(next: number, now: number): void;
}

/** How much a misfire policy may replay or overlook. */
export interface MisfireLimits {
  readonly misfireLimit: number;
  readonly graceMs: number;
}

/** A misfire policy: deals with all that came due at one wake-up, which was at `now`. */
export type MisfirePolicy = (group: Group, teller: WakeUp, limits: MisfireLimits, now: number) => void;
