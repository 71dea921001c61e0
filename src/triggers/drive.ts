import { Observable } from 'rxjs';
import type { Subscriber } from 'rxjs';
import type { Fire } from '../model/fire.js';
import type { SkipReason } from '../model/job-event.js';
import type { Misfire, WhilePaused } from '../model/job-options.js';
import type { Stopwatch, StopwatchListener } from '../time/stopwatch.js';
import type { Timer, TimerQueue } from '../time/timer-queue.js';
import type { Timetable } from '../timetables/timetable.js';
import { forked } from '../timetables/union-timetable.js';
import { dueGroup, following, newestOf } from './misfire.js';
import type { Group } from './misfire.js';
import { UNARMED } from './trigger-event.js';
import type { TriggerEvent } from './trigger-event.js';

/** How a timetable is driven. */
export interface DriveOptions {
  /** Stands in the events; empty for a bare trigger. */
  readonly jobId: string;
  readonly misfire: Misfire;
  readonly misfireLimit: number;
  readonly graceMs: number;
  readonly whilePaused: WhilePaused;
}

/** After a clock was set back by more than this, every job starts afresh from the new time (as in cronie). */
const FAR_BACK_MS = 3 * 3_600_000;

/**
 * Drives a timetable by a stopwatch: the only place where a timetable meets a timer.
 *
 * ```text
 * timetable   0         1         2         3         4
 * wake-ups    |         |                        |    |       the event loop was blocked from 1 to 3
 * events      F a       F a                      F a  F a     F: fired, a: armed; the late fire has missedCount 1
 * ```
 *
 * It completes after the last fire and errors when the timetable throws or does not move forward. All of its work for one
 * wake-up is done, and the next timer set, before the events of the fire leave `fired` behind.
 */
export function drive(timetable: Timetable, stopwatch: Stopwatch, options: DriveOptions): Observable<TriggerEvent> {
  return new Observable((subscriber) => {
    const driver = new Driver(timetable, stopwatch, options, subscriber);
    subscriber.add(driver);
    driver.start();
  });
}

/**
 * One timetable being driven, and its own timer.
 *
 * Lifecycle invariants: while it is open and the stopwatch runs, its timer is in the queue, but for the moment in which
 * it delivers; `next` is the earliest occurrence that was not delivered or dropped.
 */
class Driver implements Timer, StopwatchListener {
  due = 0;
  slot = -1;
  readonly order: number;
  readonly wall: boolean;
  private readonly timetable: Timetable;
  private readonly stopwatch: Stopwatch;
  private readonly timers: TimerQueue;
  private readonly options: DriveOptions;
  private readonly out: Subscriber<TriggerEvent>;
  /** Where the stopwatch stood at the start: 0 of the elapsed axis. */
  private origin = 0;
  private next: number | null = null;
  private fires = 0;
  private delivering = false;

  constructor(timetable: Timetable, stopwatch: Stopwatch, options: DriveOptions, out: Subscriber<TriggerEvent>) {
    this.timetable = forked(timetable);
    this.stopwatch = stopwatch;
    this.timers = stopwatch.timers;
    this.order = this.timers.nextOrder();
    this.wall = timetable.axis === 'wall';
    this.options = options;
    this.out = out;
  }

  start(): void {
    this.stopwatch.listener = this;
    this.guarded(() => {
      const now = this.timers.now();
      if (!this.wall) this.origin = this.stopwatch.elapsedAt(this.timers.steadyAt(now));
      this.next = this.timetable.first(this.position(now));
      this.goOn(this.next, now);
    });
  }

  unsubscribe(): void {
    this.timers.remove(this);
    if (this.stopwatch.listener === this) this.stopwatch.listener = null;
  }

  /** The timer is due. */
  fire(): void {
    this.guarded(() => {
      if (this.next === null) return;
      const now = this.timers.now();
      const position = this.position(now);
      const earlyMs = this.next - position;
      if (earlyMs >= 1) this.clockSetBack(earlyMs);
      else this.wakeUp(dueGroup(this.timetable, this.next, Math.max(position, this.next)), now);
    });
  }

  stopwatchStopped(): void {
    this.timers.remove(this);
  }

  stopwatchStarted(): void {
    if (this.delivering || this.out.closed) return; // it arms when it has delivered
    this.guarded(() => {
      const now = this.timers.now();
      if (this.wall && this.options.whilePaused === 'skip') this.dropMissed(now);
      else this.goOn(this.next, now);
    });
  }

  /** Up to 3 h a timetable of fixed times does not repeat what it did; one that repeats, and all beyond, start afresh. */
  clockSetBack(byMs: number): void {
    if (this.delivering) return; // it arms when it has delivered
    this.guarded(() => {
      const now = this.timers.now();
      if (this.wall && (this.timetable.repeats === true || byMs > FAR_BACK_MS)) {
        this.next = following(this.timetable, this.position(now));
      }
      this.goOn(this.next, now);
    });
  }

  /** Where the time stands on the timetable's axis, in ms. */
  private position(now: number): number {
    return this.wall ? now : this.stopwatch.elapsedAt(this.timers.steadyAt(now)) - this.origin;
  }

  /** Deals with all that came due, as the misfire policy says. */
  private wakeUp(group: Group, now: number): void {
    const { misfire, misfireLimit, graceMs } = this.options;
    if (misfire === 'all' && group.others > 0) {
      this.replay(group, newestOf(this.timetable, group, misfireLimit));
      return;
    }
    this.next = group.next;
    if (misfire !== 'skip') {
      this.deliver(group.newest, group.others, group.next, now);
    } else if (this.position(now) - group.newest > graceMs) {
      this.drop(group.newest, group.others, 'misfire', now);
      this.goOn(group.next, now);
    } else {
      if (group.others > 0) this.drop(this.timetable.before?.(group.newest) ?? group.oldest, group.others - 1, 'misfire', now);
      this.deliver(group.newest, 0, group.next, now);
    }
  }

  /** Fires for each in order; a pause in the middle of it leaves the rest for the resume. */
  private replay(group: Group, { first, missed }: { readonly first: number; readonly missed: number }): void {
    this.next = first;
    for (let folded = missed; this.next !== null && this.next <= group.newest && this.stopwatch.running; folded = 0) {
      const instant: number = this.next;
      this.next = following(this.timetable, instant);
      this.deliver(instant, folded, group.next, this.timers.now());
      if (this.out.closed) return;
    }
  }

  /** What came due during a pause is one dropped fire. */
  private dropMissed(now: number): void {
    const position = this.position(now);
    if (this.next !== null && this.next <= position) {
      const group = dueGroup(this.timetable, this.next, position);
      this.next = group.next;
      this.drop(group.newest, group.others, 'paused', now);
    }
    this.goOn(this.next, now);
  }

  /** Tells of a fire, then of what comes next: whoever runs the fire waits for the second. */
  private deliver(instant: number, missedCount: number, next: number | null, now: number): void {
    if (this.out.closed) return;
    const fire = this.fireOf(instant, missedCount, now);
    this.tell({ type: 'fired', jobId: this.options.jobId, at: now, fire });
    this.goOn(next, now);
  }

  private drop(instant: number, missedCount: number, reason: SkipReason, now: number): void {
    const fire = this.fireOf(instant, missedCount, now);
    this.tell({ type: 'dropped', jobId: this.options.jobId, at: now, fire, reason });
  }

  /** Listeners may stop and start the stopwatch meanwhile: nothing is armed before they have returned. */
  private tell(event: TriggerEvent): void {
    this.delivering = true;
    this.out.next(event);
    this.delivering = false;
  }

  private fireOf(instant: number, missedCount: number, now: number): Fire {
    const ordinal = this.fires++;
    const scheduledAt = this.wall ? instant : now - Math.max(0, this.position(now) - instant);
    return { index: this.timetable.position?.(instant) ?? ordinal, scheduledAt, firedAt: now, missedCount };
  }

  /** Arms the timer for `next` and announces it; completes where nothing is left, waits while the stopwatch stands. */
  private goOn(next: number | null, now: number): void {
    if (this.out.closed) return;
    if (this.next === null) {
      this.out.complete();
      return;
    }
    if (next === null || !this.stopwatch.running) {
      this.out.next(UNARMED);
      return;
    }
    const runAt = now + Math.max(0, next - this.position(now));
    this.timers.insert(this, this.timers.steadyAt(runAt));
    this.out.next({ type: 'armed', jobId: this.options.jobId, at: now, runAt });
  }

  /** What a timetable throws fails this trigger alone. */
  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.timers.remove(this);
      this.out.error(error);
    }
  }
}
