import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { checkKeys, wholeFrom1 } from '../checks/check.js';
import { instantText } from '../model/instant.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { DurationLike } from '../model/duration.js';
import { Agenda } from '../time/agenda.js';
import type { AgendaEntry } from '../time/agenda.js';
import type { Cancel, Clock } from '../time/clock.js';
import { durationMs } from '../model/duration.js';
import type { InstantLike } from '../model/instant.js';
import { whenSettled } from '../time/settled.js';
import { instantOption } from '../checks/instant.js';
import { VirtualAction } from './virtual-action.js';

/** Options of {@link VirtualClock.runAll}. */
export interface RunAllOptions {
  /** After so many timers it throws: something is endless. Default 100,000. */
  readonly limit?: number | undefined;
}

interface VirtualTimer extends AgendaEntry {
  /** The instant of the wall clock that it waits for, or NaN where it waits for a length of time. */
  readonly at: number;
  readonly callback: () => void;
}

const LIMIT = 100_000;
/** So many timers in a row without a moment passing are no work but a loop. */
const MOST_AT_ONCE = 1_000_000;

/**
 * A clock for tests: its time moves when it is told to, and everything that stands on it moves along.
 *
 * Give it to a `Scheduler`, to a bare trigger, or to RxJS's own `timer`, `delay`, `timeout`: it is a {@link Clock} and a `SchedulerLike`.
 * `advanceBy` and its like are asynchronous and let **all** promises settle between timers, so that a job that awaits goes on
 * as it would; the `…Sync` forms are for code without promises.
 *
 * ```text
 * advanceBy(3 s)    time passes, every timer fires at its instant
 * sleepFor(3 s)     a suspended machine: time jumps, then what is due fires, late
 * block(3 s)        a blocked event loop: time jumps, what is due fires when time passes next
 * step(-1 h)        the wall clock is set; elapsed time is not changed by that
 * ```
 *
 * ## Example
 *
 * ```ts
 * import { Scheduler } from 'extended-scheduler';
 * import { VirtualClock } from 'extended-scheduler/testing';
 *
 * const clock = new VirtualClock(new Date('2026-03-08T06:30:00Z')); // 01:30 in New York, half an hour before the clocks change
 * const scheduler = new Scheduler({ clock });
 * scheduler.addCronJob('nightly', '30 2 * * *', async () => console.log(new Date(clock.now()).toISOString()), {
 *   timezone: 'America/New_York',
 * });
 * await clock.advanceBy({ hours: 36 });
 * // Logs:
 * // 2026-03-08T07:00:00.000Z
 * // 2026-03-09T06:30:00.000Z
 * ```
 *
 * What a timer throws is thrown by the call that moved the time. A job's own failure is not: it is an event of the job; nor is what a
 * subscriber of RxJS throws, which RxJS reports from a task of its own.
 */
export class VirtualClock implements Clock, SchedulerLike {
  private readonly timers: Agenda<VirtualTimer> = new Agenda();
  /** Time that has passed, by which timers wait, and what the wall clock is ahead of it. */
  private elapsed = 0;
  private wallOffset: number;
  private orders = 0;
  private moving = false;
  /** How many timers have fired since a moment passed. */
  private atOnce = 0;

  /** @throws InvalidOptionError when the start is no instant. */
  constructor(start: InstantLike) {
    this.wallOffset = instantOption('new VirtualClock(start)', start);
  }

  /** The wall clock in epoch ms. */
  now(): number {
    return this.elapsed + this.wallOffset;
  }

  /** How many ms have passed since it was made, whatever the wall clock was set to. */
  passed(): number {
    return this.elapsed;
  }

  /** The instants for which timers are set, in epoch ms, earliest first. A scheduler has one timer for all of its jobs. */
  get pending(): readonly number[] {
    const dues = this.timers.toArray().map((timer) => (timer.batch?.due ?? NaN) + this.wallOffset);
    return dues.sort((a, b) => a - b);
  }

  setTimer(at: number, callback: () => void): Cancel {
    return this.add(at - this.wallOffset, at, callback);
  }

  /** What RxJS calls when this clock is given as a scheduler. @param delay in ms */
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    if (typeof (work as unknown) !== 'function') throw new InvalidOptionError('schedule(work)', work, 'a function');
    const wait = (ms: number, callback: () => void): Cancel => this.add(this.elapsed + (ms > 0 ? ms : 0), NaN, callback);
    return new VirtualAction(work, wait).schedule(state, delay);
  }

  /** Lets time pass; every timer fires at its instant, and promises settle before, between and after. */
  async advanceBy(duration: DurationLike): Promise<void> {
    await this.advance(this.elapsed + length('advanceBy(duration)', duration));
  }

  /** The same up to an instant of the wall clock. */
  async advanceTo(until: InstantLike): Promise<void> {
    await this.advance(this.passedAt('advanceTo(instant)', until));
  }

  /**
   * Lets time pass until no timer waits.
   *
   * @throws Error after `limit` timers: an interval or a cron job never ends. What has fired has fired.
   */
  async runAll(options: RunAllOptions = {}): Promise<void> {
    const limit = checkedLimit('runAll', options);
    let fired = 0;
    await this.move(() => {
      if (this.timers.size === 0) return false;
      this.checkLimit(fired++, limit);
      this.fireFirst();
      return true;
    });
  }

  /** A machine that is suspended: time jumps, and what came due fires late. */
  async sleepFor(duration: DurationLike): Promise<void> {
    this.elapsed += length('sleepFor(duration)', duration);
    await this.advance(this.elapsed);
  }

  /** {@link advanceBy} for code without promises. */
  advanceBySync(duration: DurationLike): void {
    this.advanceSync(this.elapsed + length('advanceBySync(duration)', duration));
  }

  /** {@link advanceTo} for code without promises. */
  advanceToSync(until: InstantLike): void {
    this.advanceSync(this.passedAt('advanceToSync(instant)', until));
  }

  /** {@link runAll} for code without promises. @throws Error after `limit` timers. */
  runAllSync(options: RunAllOptions = {}): void {
    const limit = checkedLimit('runAllSync', options);
    this.moveSync(() => {
      for (let fired = 0; this.timers.size > 0; fired++) {
        this.checkLimit(fired, limit);
        this.fireFirst();
      }
    });
  }

  /** {@link sleepFor} for code without promises. */
  sleepForSync(duration: DurationLike): void {
    this.elapsed += length('sleepForSync(duration)', duration);
    this.advanceSync(this.elapsed);
  }

  /** An event loop that is blocked: time jumps, and what came due fires when time is moved next. May be called from inside a job. */
  block(duration: DurationLike): void {
    this.elapsed += length('block(duration)', duration);
  }

  /** The wall clock is set, forward or back (a negative duration). What came due by a step forward fires when time is moved next. */
  step(duration: DurationLike): void {
    const ms = durationMs(duration);
    if (!Number.isFinite(ms)) throw new InvalidOptionError('step(duration)', duration, 'a finite duration');
    this.wallOffset += ms;
    // as a machine that looks at its clock: an instant that came nearer is waited for less long
    if (ms > 0) this.timers.rekey(({ at }, due) => (Number.isNaN(at) ? due : Math.min(due, at - this.wallOffset)));
  }

  private add(due: number, at: number, callback: () => void): Cancel {
    const timer: VirtualTimer = { order: this.orders++, batch: null, earlier: null, later: null, at, callback };
    if (due !== Infinity) this.timers.add(timer, due > this.elapsed ? due : this.elapsed); // Infinity is never
    return () => {
      this.timers.remove(timer);
    };
  }

  private async advance(until: number): Promise<void> {
    await this.move(() => {
      if (this.timers.firstDue > until) return false;
      this.fireFirst();
      return true;
    });
    this.elapsed = Math.max(this.elapsed, until);
  }

  private advanceSync(until: number): void {
    this.moveSync(() => {
      while (this.timers.firstDue <= until) this.fireFirst();
      this.elapsed = Math.max(this.elapsed, until);
    });
  }

  /** Takes steps until one says that it was none, and lets promises settle before, between and after them. */
  private async move(step: () => boolean): Promise<void> {
    this.begin();
    const failures: unknown[] = [];
    await new Promise<void>((resolve) => {
      const take = (): void => {
        try {
          if (step()) whenSettled(take);
          else resolve();
        } catch (error) {
          failures.push(error);
          resolve();
        }
      };
      whenSettled(take);
    });
    this.moving = false;
    if (failures.length > 0) throw failures[0];
  }

  private moveSync(how: () => void): void {
    this.begin();
    try {
      how();
    } finally {
      this.moving = false;
    }
  }

  private begin(): void {
    if (this.moving) throw new Error('this VirtualClock is being moved already: await the call before; inside a job use block()');
    this.moving = true;
  }

  private fireFirst(): void {
    const { firstDue } = this.timers;
    const timer = this.timers.peek();
    if (timer === undefined) return;
    this.timers.remove(timer);
    this.atOnce = firstDue > this.elapsed ? 0 : this.atOnce + 1;
    if (this.atOnce > MOST_AT_ONCE)
      throw new Error('VirtualClock: a million timers and no moment has passed: something schedules itself again without a delay');
    this.elapsed = Math.max(this.elapsed, firstDue);
    timer.callback();
  }

  private checkLimit(fired: number, limit: number): void {
    if (fired < limit) return;
    const waiting = String(this.timers.size);
    throw new Error(
      `runAll: after ${String(limit)} timers ${waiting} still wait: an endless interval or cron job? Use advanceBy, or a higher limit`,
    );
  }

  private passedAt(place: string, until: InstantLike): number {
    const at = instantOption(place, until);
    if (at < this.now()) throw new InvalidOptionError(place, until, `an instant not before ${instantText(this.now())}`);
    return at - this.wallOffset;
  }
}

function length(place: string, duration: DurationLike): number {
  const ms = durationMs(duration);
  if (!(ms >= 0 && ms < Infinity))
    throw new InvalidOptionError(place, duration, 'a finite duration from 0: a number of ms, or units such as { minutes: 5 }');
  return ms;
}

function checkedLimit(method: string, options: RunAllOptions): number {
  checkKeys(`${method}(options)`, options, ['limit']);
  return wholeFrom1(`${method}(options.limit)`, options.limit) ?? LIMIT;
}
