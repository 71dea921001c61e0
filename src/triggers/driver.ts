import type { Subscriber } from 'rxjs';
import type { ComingQuery } from '../model/coming-query.js';
import type { Fire } from '../model/fire.js';
import type { SkipReason } from '../model/job-event.js';
import type { Misfire } from '../model/job-options.js';
import type { Stopwatch, StopwatchListener } from '../time/stopwatch.js';
import type { Timer, TimerQueue } from '../time/timer-queue.js';
import type { Timetable } from '../timetables/timetable.js';
import { following, followingOrNone, forked } from '../timetables/timetable.js';
import type { Outlook } from './coming-runs.js';
import { comingRuns, NO_OUTLOOK } from './coming-runs.js';
import type { DriveOptions, DrivePolicy, JobHistory } from './drive-policy.js';
import { jitterOf } from './jitter.js';
import { fireAll } from './misfire/all.js';
import type { Group } from './misfire/group.js';
import { dueGroup, MAX_MISSED } from './misfire/group.js';
import { fireOnce } from './misfire/once.js';
import { skipMissed } from './misfire/skip.js';
import type { MisfirePolicy, WakeUp } from './misfire/wake-up.js';
import type { TriggerEvent } from './trigger-event.js';
import { UNARMED } from './trigger-event.js';

const POLICIES: Readonly<Record<Misfire, MisfirePolicy>> = { once: fireOnce, skip: skipMissed, all: fireAll };

/** After a larger step back of the clock, every job restarts from the new time (as in cronie). */
const FAR_BACK_MS = 3 * 3_600_000;
/** Maximum rounding error of a timer's due time, in ms. */
const FLOAT_MS = 0.01;

/**
 * Drives one timetable with one timer.
 *
 * Lifecycle invariants: while it is open and the stopwatch runs, its timer is in the queue, except while it emits. `next` is the earliest
 * occurrence that was neither delivered nor dropped, or NaN if none is left.
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
  /** The reading of the stopwatch at the start: 0 of the elapsed axis. */
  private origin = 0;
  private isEmitting = false;
  /** True while a spaced trigger waits for the end of the runs. */
  private isResting = false;
  /** Number of coming occurrences that `skipNext` marked. */
  private marks = 0;
  /** `timers.newTimeMs` when `next` was computed. */
  private newTimeSeen: number;
  /** The error of the timetable after the last fire. */
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

  /** Computes the first occurrence and arms the timer. */
  start({ lastScheduledAt, isBusy }: JobHistory): void {
    this.stopwatch.setListener(this);
    const now = this.timers.now();
    try {
      if (!this.wall) this.origin = this.stopwatch.elapsedAt(this.timers.steadyAt(now));
      if (isBusy && this.policy.spaced) {
        this.isResting = true;
        this.arm(NaN, now);
        return;
      }
      this.next = this.timetable.first(this.position(now)) ?? NaN;
      if (this.wall && this.next === lastScheduledAt) this.next = this.afterRepeat(lastScheduledAt, now);
      this.arm(this.next, now);
    } catch (error) {
      this.fail(error);
    }
  }

  /** Called by the queue when the timer is due. */
  fire(now: number): void {
    try {
      this.restart(now);
      this.fireDue(this.marks === 0 ? now : this.dropMarked(now));
    } catch (error) {
      this.fail(error);
    }
  }

  private fireDue(now: number): void {
    const position = this.position(now);
    // the second case: a listener paused the job while marked occurrences were dropped
    if (!this.isDue(this.next, now) || !this.running) this.arm(this.next, now);
    else if (this.policy.spaced) this.fireSpaced(this.next, now);
    else if (!this.fireAlone(this.next, position, now)) {
      const group = this.groupOf(this.next, Math.max(position, this.next));
      POLICIES[this.policy.misfire].handle(group, this, this.policy, now);
    }
  }

  /**
   * The occurrence after one that the job has already had. A single occurrence in the future is not a repetition: the user asked for it.
   */
  private afterRepeat(lastScheduledAt: number, now: number): number {
    const next = following(this.timetable, lastScheduledAt);
    return lastScheduledAt > now && Number.isNaN(next) ? lastScheduledAt : next;
  }

  isDue(instant: number, now: number): boolean {
    return instant + this.jitterOf(instant) <= this.position(now) + FLOAT_MS;
  }

  /** The fast path of nearly every fire: one occurrence, in time. Every policy fires it. @returns false if it is not such a fire. */
  private fireAlone(instant: number, position: number, now: number): boolean {
    if (this.latenessMs(instant, now) > this.policy.graceMs) return false;
    const next = this.following(instant);
    if (next <= position) return false;
    this.next = next;
    this.deliver(instant, 0, next, now);
    return true;
  }

  /** The next occurrence, or NaN. If the timetable fails here, the trigger fails after the present occurrence. */
  private following(instant: number): number {
    try {
      return following(this.timetable, instant);
    } catch (error) {
      this.failure = { error };
      return NaN;
    }
  }

  flush(): void {
    if (this.isEmitting || this.isResting || !this.running || this.out.closed) return;
    const now = this.timers.now();
    if (!this.isDue(this.next, now)) return;
    this.timers.remove(this);
    this.fire(now);
  }

  /** Marks the next occurrence: it will be skipped. @returns false if there is none, or if it depends on the end of a run. */
  skipNext(): boolean {
    if (this.isResting || Number.isNaN(this.nextUnmarked())) return false;
    this.marks++;
    if (this.out.closed) return false; // a predicate or a source, which was asked, ended or replaced this trigger
    if (!this.isEmitting) this.arm(this.next, this.timers.now()); // otherwise it arms the timer after the emission
    return true;
  }

  /** Time until the next fire in ms, as the stopped stopwatch keeps it. Null on the wall axis, or if there is none. */
  remainingMs(): number | null {
    if (this.wall || this.isResting || this.needsAnswer) return null;
    const next = this.nextUnmarked();
    const left = next + this.jitterOf(next) - this.position(this.timers.lastReading);
    return Number.isNaN(next) ? null : Math.max(0, left);
  }

  /** The coming runs of the job, in epoch ms. If it is paused: as if it were resumed now. */
  comingRuns(query: ComingQuery): number[] {
    const now = this.timers.now();
    if (this.isResting) return [];
    if (this.needsAnswer) return comingRuns(this.timetable, NO_OUTLOOK, query, now);
    const next = this.nextUnmarked();
    if (Number.isNaN(next)) return [];
    return comingRuns(this.timetable, this.outlook(next, query, now), query, now);
  }

  /** True if the next fire depends on an occurrence that the source of a custom trigger may not have been asked for. */
  private get needsAnswer(): boolean {
    return this.timetable.foreseeable === false && !this.policy.spaced && (this.policy.jitterMs > 0 || this.marks > 0);
  }

  private outlook(next: number, { armedAt }: ComingQuery, now: number): Outlook {
    const position = this.position(now);
    const due = {
      overdue: 0,
      next,
      jitterMs: this.policy.jitterMs,
      runAt: (instant: number) => now + Math.max(0, instant + this.jitterOf(instant) - position),
      positionAt: (time: number) => position + time - now,
    };
    if (!this.isDue(next, now)) return due;
    const isArmed = !Number.isNaN(armedAt);
    const group = this.foreseenGroup(next, position);
    const isDropped = !isArmed && this.wall && this.policy.whilePaused === 'skip';
    const fires = isDropped ? 0 : POLICIES[this.policy.misfire].fires(group, this.latenessMs(group.newest, now), this.policy);
    return { ...due, overdue: isArmed ? Math.max(1, fires) : fires, next: group.next };
  }

  /** The late occurrences, without a question to a timetable that cannot be foreseen. */
  private foreseenGroup(oldest: number, position: number): Group {
    const alone: Group = { oldest, newest: oldest, others: 0, next: NaN };
    if (this.timetable.foreseeable === false) return alone;
    try {
      return this.dueGroup(oldest, Math.max(oldest, position));
    } catch {
      return alone;
    }
  }

  /** The first occurrence that is not marked, or NaN if there is none. */
  private nextUnmarked(): number {
    let { next } = this;
    for (let mark = 0; mark < this.marks && !Number.isNaN(next); mark++) next = followingOrNone(this.timetable, next);
    return next;
  }

  runsEnded(): void {
    if (!this.isResting) return;
    this.isResting = false;
    const now = this.timers.now();
    try {
      const position = this.position(now);
      const hasFired = !Number.isNaN(this.next); // false if the job was busy at the start
      this.next = hasFired ? following(this.timetable, position) : (this.timetable.first(position) ?? NaN);
      this.arm(this.next, now);
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
    if (this.isEmitting || this.out.closed) return; // it arms the timer after the emission
    const now = this.timers.now();
    try {
      this.restart(now);
      if (this.wall && this.policy.whilePaused === 'skip') this.dropMissed(now);
      else this.arm(this.next, now);
    } catch (error) {
      this.fail(error);
    }
  }

  clockSetBack(): void {
    if (this.isEmitting) return; // it arms the timer after the emission
    const now = this.timers.now();
    try {
      // elapsed time is not affected, but its next instant has another wall-clock time
      if (this.restart(now) || !this.wall) this.arm(this.next, now);
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * Restarts from the new time if the clock was set back: by a minute or more for a timetable that repeats, by more than 3 h for others.
   * What was due before the step stays due. A smaller step changes nothing: no occurrence comes twice.
   *
   * @returns true if it restarted.
   */
  private restart(now: number): boolean {
    const byMs = this.timers.newTimeMs - this.newTimeSeen;
    if (byMs === 0) return false;
    this.newTimeSeen = this.timers.newTimeMs;
    if (!this.wall || (this.timetable.repeats !== true && byMs <= FAR_BACK_MS)) return false;
    const first = following(this.timetable, this.position(now) - 1); // includes what is due now
    if (first < this.next) this.next = first;
    return true;
  }

  /** The present time on the axis of the timetable, in ms. */
  private position(now: number): number {
    return this.wall ? now : this.stopwatch.elapsedAt(this.timers.steadyAt(now)) - this.origin;
  }

  /** The occurrences that are due up to `position`. If the timetable fails here, the trigger fails after the oldest one. */
  private groupOf(oldest: number, position: number): Group {
    try {
      return this.dueGroup(oldest, position);
    } catch (error) {
      this.failure = { error };
      return { oldest, newest: oldest, others: 0, next: NaN };
    }
  }

  private dueGroup(oldest: number, position: number): Group {
    const { misfire, misfireLimit } = this.policy;
    const replayed = misfire === 'all' ? misfireLimit : 0;
    const group = dueGroup(this.timetable, oldest, position, replayed);
    if (group.others === 0 || group.newest + this.jitterOf(group.newest) <= position) return group;
    return dueGroup(this.timetable, oldest, group.newest - 0.5, replayed); // the jitter delays the newest one
  }

  /** Drops the marked occurrences that are due. Each is a fire of its own. @returns the present time: listeners may have taken long. */
  private dropMarked(now: number): number {
    let at = now;
    while (this.marks > 0 && this.running && !this.out.closed && this.isDue(this.next, at)) {
      const instant = this.next;
      this.marks--;
      this.next = this.policy.spaced ? following(this.timetable, this.position(at)) : this.following(instant);
      this.drop(instant, 0, 'requested', at);
      at = this.timers.now();
    }
    return at;
  }

  /** Fires one occurrence. The next one is computed when the runs have ended. */
  private fireSpaced(instant: number, now: number): void {
    const { misfire, graceMs } = this.policy;
    if (misfire === 'skip' && this.latenessMs(instant, now) > graceMs) {
      this.next = following(this.timetable, this.position(now));
      this.drop(instant, 0, 'misfire', now);
      this.arm(this.next, now);
      return;
    }
    this.isResting = true;
    this.emit(this.fireOf(instant, 0, now));
    this.out.next(UNARMED);
  }

  /** Drops what came due during a pause, as one fire. */
  private dropMissed(resumedAt: number): void {
    const now = this.marks === 0 ? resumedAt : this.dropMarked(resumedAt);
    if (this.running && this.isDue(this.next, now)) {
      const group = this.groupOf(this.next, this.position(now));
      this.next = group.next;
      this.drop(group.newest, group.others, 'paused', now);
    }
    this.arm(this.next, this.timers.now());
  }

  deliver(instant: number, missedCount: number, next: number, now: number): void {
    if (this.out.closed) return;
    if (this.marks === 0) {
      this.emit(this.fireOf(instant, missedCount, now));
    } else {
      this.marks--; // a listener of the fire before marked this one
      this.drop(instant, missedCount, 'requested', now);
    }
    this.arm(next, now);
  }

  drop(instant: number, missedCount: number, reason: SkipReason, now: number): void {
    this.emit({ fire: this.fireOf(instant, missedCount, now), reason });
  }

  /** Listeners may stop and start the stopwatch meanwhile. The timer is armed only when they have returned. */
  private emit(event: TriggerEvent): void {
    this.isEmitting = true;
    this.out.next(event);
    this.isEmitting = false;
  }

  private fireOf(instant: number, missedCount: number, now: number): Fire {
    const ordinal = this.stopwatch.nextOrdinal();
    const scheduledAt = this.wall ? instant : now - Math.max(0, this.position(now) - instant);
    const index = this.timetable.position?.(instant) ?? ordinal;
    return { index, scheduledAt, firedAt: now, missedCount: Math.min(MAX_MISSED, missedCount) };
  }

  arm(next: number, now: number): void {
    if (this.out.closed) return;
    if (Number.isNaN(this.next) && !this.isResting) {
      if (this.failure === null) this.out.complete();
      else this.out.error(this.failure.error);
      return;
    }
    if (Number.isNaN(next) || this.isResting || !this.running) {
      this.out.next(UNARMED);
      return;
    }
    const runAt = now + Math.max(0, next + this.jitterOf(next) - this.position(now));
    if (!this.isRunningStill()) {
      this.out.next(UNARMED); // a predicate or a source, which the jitter asked, ended or paused the job
      return;
    }
    this.timers.insert(this, this.timers.steadyAt(runAt));
    this.out.next(this.marks === 0 || next !== this.next ? runAt : this.announced(now));
  }

  /** False if user code has ended or paused the job. (A method: the compiler would reuse the first check of `running`.) */
  private isRunningStill(): boolean {
    return this.running && !this.out.closed;
  }

  /** When the first occurrence that is not marked will fire, in epoch ms. */
  private announced(now: number): number {
    const next = this.nextUnmarked();
    return Number.isNaN(next) ? UNARMED : now + Math.max(0, next + this.jitterOf(next) - this.position(now));
  }

  private jitterOf(instant: number): number {
    const { jitterMs } = this.policy;
    return jitterMs === 0 ? 0 : jitterOf(this.timetable, this.options.jobId, instant, jitterMs);
  }

  /** An error of a timetable fails this trigger only. */
  private fail(error: unknown): void {
    this.timers.remove(this);
    this.out.error(error);
  }
}
