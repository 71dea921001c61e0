import type { Subscriber } from 'rxjs';
import type { Fire } from '../model/fire.js';
import type { SkipReason } from '../model/job-event.js';
import type { Misfire } from '../model/job-options.js';
import type { Stopwatch, StopwatchListener } from '../time/stopwatch.js';
import type { Timer, TimerQueue } from '../time/timer-queue.js';
import { following, forked } from '../timetables/timetable.js';
import type { Timetable } from '../timetables/timetable.js';
import type { JobHistory, DriveOptions, DrivePolicy } from './drive-policy.js';
import { jitterOf } from './jitter.js';
import { fireAll } from './misfire/all.js';
import { MOST_MISSED, dueGroup } from './misfire/group.js';
import type { Group } from './misfire/group.js';
import { fireOnce } from './misfire/once.js';
import { skipMissed } from './misfire/skip.js';
import type { MisfirePolicy, WakeUp } from './misfire/wake-up.js';
import { UNARMED } from './trigger-event.js';
import type { TriggerEvent } from './trigger-event.js';

const POLICIES: Readonly<Record<Misfire, MisfirePolicy>> = { once: fireOnce, skip: skipMissed, all: fireAll };

/** After a clock was set back by more than this, every job starts afresh from the new time (as in cronie). */
const FAR_BACK_MS = 3 * 3_600_000;
/** Timers go by sums of floating-point numbers, which may come short of an instant by this much, in ms. */
const FLOAT_MS = 0.01;

/**
 * One timetable being driven, and its own timer.
 *
 * Lifecycle invariants: while it is open and the stopwatch runs, its timer is in the queue, but for the moment in which
 * it delivers; `next` is the earliest occurrence that was not delivered or dropped, or NaN where nothing is left.
 */
export class Driver implements Timer, StopwatchListener, WakeUp {
  batch: Timer['batch'] = null;
  earlier: Timer['earlier'] = null;
  later: Timer['later'] = null;
  readonly timetable: Timetable;
  next: number;
  private readonly stopwatch: Stopwatch;
  private readonly options: DriveOptions;
  private readonly out: Subscriber<TriggerEvent>;
  /** Where the stopwatch stood at the start: 0 of the elapsed axis. */
  private origin = 0;
  private delivering = false;
  /** A spaced trigger has fired, and waits for the runs to end. */
  private resting = false;
  /** How much the clock had been set back to a new time when `next` was found. */
  private newTimeSeen: number;
  /** What the timetable threw when it was asked for what follows the last fire. */
  private failure: { readonly error: unknown } | null = null;

  constructor(timetable: Timetable, stopwatch: Stopwatch, options: DriveOptions, out: Subscriber<TriggerEvent>) {
    this.timetable = forked(timetable);
    this.stopwatch = stopwatch;
    this.options = options;
    this.out = out;
    this.next = NaN;
    this.newTimeSeen = this.timers.newTimeMs;
  }

  get order(): number {
    return this.stopwatch.order;
  }

  get wall(): boolean {
    return this.timetable.axis === 'wall';
  }

  get weak(): boolean {
    return this.stopwatch.weak;
  }

  get running(): boolean {
    return this.stopwatch.running;
  }

  get closed(): boolean {
    return this.out.closed;
  }

  now(): number {
    return this.timers.now();
  }

  private get policy(): DrivePolicy {
    return this.options.policy;
  }

  private get timers(): TimerQueue {
    return this.stopwatch.timers;
  }

  /** Begins, after another trigger of the same job or none. */
  start({ lastScheduledAt, isBusy }: JobHistory): void {
    this.stopwatch.setListener(this);
    const now = this.timers.now();
    try {
      if (!this.wall) this.origin = this.stopwatch.elapsedAt(this.timers.steadyAt(now));
      if (isBusy && this.policy.spaced) {
        this.resting = true;
        this.goOn(NaN, now);
        return;
      }
      this.next = this.timetable.first(this.position(now)) ?? NaN;
      if (this.wall && this.next === lastScheduledAt) this.next = this.afterTold(lastScheduledAt, now);
      this.goOn(this.next, now);
    } catch (error) {
      this.fail(error);
    }
  }

  /** The timer is due. */
  fire(now: number): void {
    try {
      this.startAfresh(now);
      const position = this.position(now);
      if (!this.isDue(this.next, now)) this.goOn(this.next, now);
      else if (this.policy.spaced) this.fireSpaced(this.next, now);
      else if (!this.fireAlone(this.next, position, now))
        POLICIES[this.policy.misfire](this.groupOf(this.next, Math.max(position, this.next)), this, this.policy, now);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Each once. But the only occurrence of a trigger that was set for an instant to come is meant, though the clock has shown it before. */
  private afterTold(lastScheduledAt: number, now: number): number {
    const next = following(this.timetable, lastScheduledAt);
    return lastScheduledAt > now && Number.isNaN(next) ? lastScheduledAt : next;
  }

  isDue(instant: number, now: number): boolean {
    return instant + this.jitterOf(instant) <= this.position(now) + FLOAT_MS;
  }

  /** The way of nearly every fire: one occurrence that is in time fires under every policy. False where it is not so. */
  private fireAlone(instant: number, position: number, now: number): boolean {
    if (this.latenessMs(instant, now) > this.policy.graceMs) return false;
    const next = this.following(instant);
    if (next <= position) return false;
    this.next = next;
    this.deliver(instant, 0, next, now);
    return true;
  }

  /** What follows, or NaN; a timetable that fails here fails after the occurrence that it had told. */
  private following(instant: number): number {
    try {
      return following(this.timetable, instant);
    } catch (error) {
      this.failure = { error };
      return NaN;
    }
  }

  /** Tells at once what is due at this moment. */
  flush(): void {
    if (this.delivering || this.resting || !this.running || this.out.closed) return;
    const now = this.timers.now();
    if (!this.isDue(this.next, now)) return;
    this.timers.remove(this);
    this.fire(now);
  }

  runsEnded(): void {
    if (!this.resting) return;
    this.resting = false;
    const now = this.timers.now();
    try {
      const position = this.position(now);
      const hasFired = !Number.isNaN(this.next); // else it began while its job was busy
      this.next = hasFired ? following(this.timetable, position) : (this.timetable.first(position) ?? NaN);
      this.goOn(this.next, now);
    } catch (error) {
      this.fail(error);
    }
  }

  latenessMs(instant: number, now: number): number {
    return this.position(now) - instant - this.jitterOf(instant) - this.timers.slackMs;
  }

  stopwatchStopped(): void {
    this.timers.remove(this);
  }

  stopwatchDetached(): void {
    this.timers.remove(this);
  }

  stopwatchStarted(): void {
    if (this.delivering || this.out.closed) return; // it arms when it has delivered
    const now = this.timers.now();
    try {
      this.startAfresh(now);
      if (this.wall && this.policy.whilePaused === 'skip') this.dropMissed(now);
      else this.goOn(this.next, now);
    } catch (error) {
      this.fail(error);
    }
  }

  clockSetBack(): void {
    if (this.delivering) return; // it arms when it has delivered
    const now = this.timers.now();
    try {
      // elapsed time goes on as it was, but comes to another instant of the clock
      if (this.startAfresh(now) || !this.wall) this.goOn(this.next, now);
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * Begins again from the new time after the clock was set back by a minute or more, if its timetable repeats, or by more than 3 h. What
   * was due before the step stays due. A smaller step changes nothing: no occurrence comes twice.
   */
  private startAfresh(now: number): boolean {
    const byMs = this.timers.newTimeMs - this.newTimeSeen;
    if (byMs === 0) return false;
    this.newTimeSeen = this.timers.newTimeMs;
    if (!this.wall || (this.timetable.repeats !== true && byMs <= FAR_BACK_MS)) return false;
    const first = following(this.timetable, this.position(now) - 1); // what is due at this very moment is due
    if (first < this.next) this.next = first;
    return true;
  }

  /** Where the time stands on the timetable's axis, in ms. */
  private position(now: number): number {
    return this.wall ? now : this.stopwatch.elapsedAt(this.timers.steadyAt(now)) - this.origin;
  }

  /** What is due up to `position`. A timetable that fails here fails after the occurrence that it had told. */
  private groupOf(oldest: number, position: number): Group {
    const { misfire, misfireLimit } = this.policy;
    const replayed = misfire === 'all' ? misfireLimit : 0;
    try {
      const group = dueGroup(this.timetable, oldest, position, replayed);
      if (group.others === 0 || group.newest + this.jitterOf(group.newest) <= position) return group;
      return dueGroup(this.timetable, oldest, group.newest - 0.5, replayed); // the newest is held back by its jitter
    } catch (error) {
      this.failure = { error };
      return { oldest, newest: oldest, others: 0, next: NaN };
    }
  }

  /** One occurrence at a time: what comes after is looked for when the runs have ended. */
  private fireSpaced(instant: number, now: number): void {
    const { misfire, graceMs } = this.policy;
    if (misfire === 'skip' && this.latenessMs(instant, now) > graceMs) {
      this.next = following(this.timetable, this.position(now));
      this.drop(instant, 0, 'misfire', now);
      this.goOn(this.next, now);
      return;
    }
    this.resting = true;
    this.tell(this.fireOf(instant, 0, now));
    this.out.next(UNARMED);
  }

  /** What came due during a pause is one dropped fire. */
  private dropMissed(now: number): void {
    const position = this.position(now);
    if (this.isDue(this.next, now)) {
      const group = this.groupOf(this.next, position);
      this.next = group.next;
      this.drop(group.newest, group.others, 'paused', now);
    }
    this.goOn(this.next, this.timers.now());
  }

  /** Tells of a fire, then of what comes next: whoever runs the fire waits for the second. */
  deliver(instant: number, missedCount: number, next: number, now: number): void {
    if (this.out.closed) return;
    this.tell(this.fireOf(instant, missedCount, now));
    this.goOn(next, now);
  }

  drop(instant: number, missedCount: number, reason: SkipReason, now: number): void {
    this.tell({ fire: this.fireOf(instant, missedCount, now), reason });
  }

  /** Listeners may stop and start the stopwatch meanwhile: nothing is armed before they have returned. */
  private tell(event: TriggerEvent): void {
    this.delivering = true;
    this.out.next(event);
    this.delivering = false;
  }

  private fireOf(instant: number, missedCount: number, now: number): Fire {
    const ordinal = this.stopwatch.nextOrdinal();
    const scheduledAt = this.wall ? instant : now - Math.max(0, this.position(now) - instant);
    const index = this.timetable.position?.(instant) ?? ordinal;
    return { index, scheduledAt, firedAt: now, missedCount: Math.min(MOST_MISSED, missedCount) };
  }

  /** Arms the timer for `next` and announces it; completes where nothing is left, waits while the stopwatch stands. */
  goOn(next: number, now: number): void {
    if (this.out.closed) return;
    if (Number.isNaN(this.next) && !this.resting) {
      if (this.failure === null) this.out.complete();
      else this.out.error(this.failure.error);
      return;
    }
    if (Number.isNaN(next) || this.resting || !this.stopwatch.running) {
      this.out.next(UNARMED);
      return;
    }
    const runAt = now + Math.max(0, next + this.jitterOf(next) - this.position(now));
    this.timers.insert(this, this.timers.steadyAt(runAt));
    this.out.next(runAt);
  }

  private jitterOf(instant: number): number {
    const { jitterMs } = this.policy;
    return jitterMs === 0 ? 0 : jitterOf(this.timetable, this.options.jobId, instant, jitterMs);
  }

  /** What a timetable throws fails this trigger alone. */
  private fail(error: unknown): void {
    this.timers.remove(this);
    this.out.error(error);
  }
}
