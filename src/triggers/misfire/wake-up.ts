import type { SkipReason } from '../../model/job-event.js';
import type { Timetable } from '../../timetables/timetable.js';
import type { Group } from './group.js';

/** A wake-up of a driver, as a misfire policy handles it. */
export interface WakeUp {
  readonly timetable: Timetable;
  /** The earliest occurrence that was neither delivered nor dropped. NaN if none is left. */
  next: number;
  /** False if a listener has paused the job meanwhile. */
  readonly running: boolean;
  /** True if there is no subscriber any more. */
  readonly closed: boolean;
  /** Reads the clock again, after user code. */
  now(): number;
  /** How late an occurrence is at `now`, in ms, beyond the allowed slack. */
  latenessMs(instant: number, now: number): number;
  /** True if an occurrence is due at `now`, including its jitter. */
  isDue(instant: number, now: number): boolean;
  /** Emits a fire and then `next`, NaN for none. Calls user code. Limits `missedCount` to {@link MAX_MISSED}. */
  deliver(instant: number, missedCount: number, next: number, now: number): void;
  /** Emits a fire that will not run. */
  drop(instant: number, missedCount: number, reason: SkipReason, now: number): void;
  /** Arms the timer for `next` and emits it. Completes if nothing is left, and waits while the stopwatch is stopped. */
  arm(next: number, now: number): void;
}

/** Limits of the misfire policies. */
interface MisfireLimits {
  readonly misfireLimit: number;
  readonly graceMs: number;
}

/** A misfire policy. */
export interface MisfirePolicy {
  /** Handles all occurrences that are due at a wake-up. */
  handle(group: Group, wakeUp: WakeUp, limits: MisfireLimits, now: number): void;
  /** Number of fires that {@link handle} delivers for a group whose newest occurrence is `latenessMs` late. */
  fires(group: Group, latenessMs: number, limits: MisfireLimits): number;
}
