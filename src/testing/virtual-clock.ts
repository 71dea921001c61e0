import type { SchedulerAction, SchedulerLike, Subscription } from 'rxjs';
import { checkKeys, wholeFrom1 } from '../checks/check.js';
import { instantOption } from '../checks/instant.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { DurationLike } from '../model/duration.js';
import { durationMs } from '../model/duration.js';
import type { InstantLike } from '../model/instant.js';
import { instantText } from '../model/instant.js';
import type { AgendaEntry } from '../time/agenda.js';
import { Agenda } from '../time/agenda.js';
import type { Cancel, Clock } from '../time/clock.js';
import { whenQuiet, whenSettled } from '../time/settled.js';
import { VirtualAction } from './virtual-action.js';

/** Options of {@link VirtualClock.runAll}. */
export interface RunAllOptions {
  /**
   * Maximum number of timers. More mean that something is endless, and throw.
   *
   * @default 100_000
   */
  readonly limit?: number | undefined;
}

interface VirtualTimer extends AgendaEntry {
  /** The instant of the wall clock that it waits for. NaN if it waits for a length of time. */
  readonly at: number;
  readonly callback: () => void;
}

const LIMIT = 100_000;
/** Maximum number of timers in a row without time passing. More mean an endless loop. */
const MAX_AT_ONCE = 1_000_000;

/**
 * A clock for tests. Its time passes only when you advance it.
 *
 * Pass it to a `Scheduler`, a trigger, or `timer`, `delay` and `timeout` of RxJS: it is a {@link Clock} and a `SchedulerLike`.
 * `advanceBy` and the other async methods let **all** promises settle between timers, so jobs that await continue as in real time. The
 * methods that end in `Sync` are for code without promises.
 *
 * ```text
 * advanceBy(3 s)    time passes, every timer fires at its instant
 * sleepFor(3 s)     a suspended machine: time jumps, then what is due fires, late
 * block(3 s)        a blocked event loop: time jumps, what is due fires when time passes next
 * step(-1 h)        the wall clock is set; elapsed time does not change
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
 * The call that advances the time throws the errors of timers. A failure of a job is not one of them: it is an event of the job. Errors of
 * RxJS subscribers are not either: RxJS reports them in another task.
 */
export class VirtualClock implements Clock, SchedulerLike {
  private readonly timers: Agenda<VirtualTimer> = new Agenda();
  /** Time that has passed, which timers use, and the wall clock minus it. */
  private elapsed = 0;
  private wallOffset: number;
  private orders = 0;
  private isMoving = false;
  /** @internal True if no promise can be pending that matters, beyond short chains. `simulate` sets it: it knows the active runs. */
  isQuiet: () => boolean = () => false;
  /** Number of timers that have fired without time passing. */
  private atOnce = 0;

  /**
   * @param start the wall clock at the start.
   * @throws InvalidOptionError if it is not an instant.
   */
  constructor(start: InstantLike) {
    this.wallOffset = instantOption('new VirtualClock(start)', start);
  }

  /** The wall clock in epoch ms. */
  now(): number {
    return this.elapsed + this.wallOffset;
  }

  /** Time in ms that has passed since its creation. `step` does not change it. */
  passed(): number {
    return this.elapsed;
  }

  /** When the waiting timers are due, in epoch ms, earliest first. A scheduler has one timer for all its jobs. */
  get pending(): readonly number[] {
    const dues = this.timers.toArray().map((timer) => (timer.batch?.due ?? NaN) + this.wallOffset);
    return dues.sort((a, b) => a - b);
  }

  setTimer(at: number, callback: () => void): Cancel {
    return this.add(at - this.wallOffset, at, callback);
  }

  /** Called by RxJS if you pass this clock as a scheduler. @param delay in ms. */
  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    if (typeof (work as unknown) !== 'function') throw new InvalidOptionError('schedule(work)', work, 'a function');
    const wait = (ms: number, callback: () => void): Cancel => this.add(this.elapsed + (ms > 0 ? ms : 0), NaN, callback);
    return new VirtualAction(work, wait).schedule(state, delay);
  }

  /** Lets time pass. Every timer fires at its instant, and promises settle before, between and after timers. */
  async advanceBy(duration: DurationLike): Promise<void> {
    await this.advance(this.elapsed + length('advanceBy(duration)', duration));
  }

  /** Lets time pass up to an instant of the wall clock. */
  async advanceTo(until: InstantLike): Promise<void> {
    await this.advance(this.passedAt('advanceTo(instant)', until));
  }

  /**
   * Lets time pass until no timer is waiting.
   *
   * @throws Error after `limit` timers: an interval or a cron job may never end.
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

  /** Simulates a suspended machine: time jumps, then timers that came due fire late. */
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

  /**
   * Simulates a blocked event loop: time jumps, and timers that came due fire when you advance the time again. You can call it inside a
   * job.
   */
  block(duration: DurationLike): void {
    this.elapsed += length('block(duration)', duration);
  }

  /**
   * Sets the wall clock forward, or back by a negative duration. Timers that come due by a step forward fire when you advance the time
   * again.
   */
  step(duration: DurationLike): void {
    const ms = durationMs(duration);
    if (!Number.isFinite(ms)) throw new InvalidOptionError('step(duration)', duration, 'a finite duration');
    this.wallOffset += ms;
    // like a machine that checks its clock: timers of the wall clock become due earlier
    if (ms > 0) this.timers.rekey(({ at }, due) => (Number.isNaN(at) ? due : Math.min(due, at - this.wallOffset)));
  }

  private add(due: number, at: number, callback: () => void): Cancel {
    const timer: VirtualTimer = { order: this.orders++, batch: null, earlier: null, later: null, at, callback };
    if (due !== Infinity) this.timers.add(timer, due > this.elapsed ? due : this.elapsed); // Infinity means never
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

  /** Takes steps until one returns false. Promises settle before, between and after the steps. */
  private async move(step: () => boolean): Promise<void> {
    this.begin();
    const failures: unknown[] = [];
    await new Promise<void>((resolve) => {
      const take = (): void => {
        try {
          if (step()) (this.isQuiet() ? whenQuiet : whenSettled)(take);
          else resolve();
        } catch (error) {
          failures.push(error);
          resolve();
        }
      };
      whenSettled(take);
    });
    this.isMoving = false;
    if (failures.length > 0) throw failures[0];
  }

  private moveSync(how: () => void): void {
    this.begin();
    try {
      how();
    } finally {
      this.isMoving = false;
    }
  }

  private begin(): void {
    if (this.isMoving) throw new Error('this VirtualClock is already advancing: await the previous call; inside a job use block()');
    this.isMoving = true;
  }

  private fireFirst(): void {
    const { firstDue } = this.timers;
    const timer = this.timers.peek();
    if (timer === undefined) return;
    this.timers.remove(timer);
    this.atOnce = firstDue > this.elapsed ? 0 : this.atOnce + 1;
    if (this.atOnce > MAX_AT_ONCE)
      throw new Error('VirtualClock: a million timers without time passing: something reschedules itself without a delay');
    this.elapsed = Math.max(this.elapsed, firstDue);
    timer.callback();
  }

  private checkLimit(fired: number, limit: number): void {
    if (fired < limit) return;
    const waiting = String(this.timers.size);
    throw new Error(
      `runAll: stopped after ${String(limit)} timers, ${waiting} waiting: an endless interval or cron job? Use advanceBy, or a higher limit`,
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
