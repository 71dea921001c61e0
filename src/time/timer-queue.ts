import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { Region } from '../model/region.js';
import type { AgendaEntry } from './agenda.js';
import { Agenda } from './agenda.js';
import type { Cancel, Clock } from './clock.js';

/** The clock and the timers that a {@link TimerQueue} uses. */
export interface Host extends Clock {
  /** True if real time passes: the clock may be set, the machine may sleep, and work is cut into slices. */
  readonly real: boolean;
  /**
   * Maximum length of one host timer, in ms.
   *
   * @default 30 s if time is real, else the maximum of host timers
   */
  readonly maxSleepMs?: number;
  /** Calls `callback` in a new task, as soon as possible. A hidden page throttles timers, but not such a task. */
  soon?(callback: () => void): Cancel;
  /** Async context of wake-ups: that of the host, not that of the code that set the timer. */
  readonly context?: Region;
  /** Sets whether the present host timer and later ones keep the process alive. */
  keepAlive?(alive: boolean): void;
  /** Reports an error of a timer. It must not reach the host timer or the other timers. */
  report(error: unknown): void;
}

/** A timer of a {@link TimerQueue}. Its owner inserts the same object again and again, without allocations. */
export interface Timer extends AgendaEntry {
  /** True if a step back of the wall clock delays the timer, false if not. */
  readonly wall: boolean;
  /** True if the timer does not keep the process alive. */
  readonly weak?: boolean;
  /** Called when the timer is due, after its removal from the queue, with the present wall clock. Must not throw. */
  fire(now: number): void;
  /** Called at the next wake-up after a step back of the wall clock, while the timer is in the queue. */
  clockSetBack?(): void;
}

/** Maximum length of a host timer in real time. It limits how late a set clock or the end of a sleep is detected. */
const MAX_SLEEP_MS = 30_000;
/** Maximum delay of host timers, a signed 32-bit number. Longer ones fire at once. */
export const MAX_DELAY_MS: number = 2 ** 31 - 1;
/** Minimum step back of the wall clock that counts as a new time. A smaller one is a correction and repeats nothing. */
const NEW_TIME_MS = 60_000;
/** Maximum length of work before the event loop gets a turn. */
const SLICE_MS = 10;
/** A host timer that is early by at most this once was rounded. If it is early again, the clock was set back. */
const ROUNDING_MS = 1;
/** Maximum rounding error of a sum of epoch ms, in ms. */
const FLOAT_MS = 0.01;

/** Marks the queues of all copies of this package. The number is the same as that of the world's symbol. */
const KIND = 'extended-scheduler.timer-queue.1';

/** True if a clock is a timer queue. */
export function isTimerQueue(clock: Clock): clock is TimerQueue {
  return (clock as Partial<TimerQueue>).kind === KIND;
}

/**
 * All timers of one source of time, on one host timer.
 *
 * It has three readings:
 *
 * - `now` is the wall clock. It may be set back.
 * - `steady` never goes back. Timers use it. It is `now` plus all steps back since the queue was created. A step forward counts as time
 *   that has passed, since the end of a sleep looks the same.
 * - `passed` is monotonic. No step of the wall clock changes it. Only {@link delay} uses it.
 *
 * Invariants: no timer is called early, or inside {@link insert}. The host timer is set exactly while timers are waiting.
 */
export class TimerQueue implements Clock {
  readonly kind: string = KIND;
  private readonly agenda: Agenda<Timer> = new Agenda();
  private readonly host: Host;
  /** Maximum delay of a wake-up in ms, which lets timers of neighbouring instants share it. */
  readonly slackMs: number;
  private lastNow: number;
  /** Readings of the wall clock and of `host.passed` from the same moment. They show by how much the clock was set since. */
  private anchorNow: number;
  private anchorPassed: number;
  private setBackTotal = 0;
  private newTimeTotal = 0;
  /** True if every reading is compared with `host.passed`. With a real clock only wake-ups do so, since it takes 60 ns. */
  private readonly compares: boolean;
  /** True if the clock was read since the present timer was called. */
  private wasRead = false;
  /** True if timers have not yet been notified of a step back. */
  private wasSetBack = false;
  /** True if the last wake-up was early, and by how much, as far as it was taken for rounding. */
  private wasEarly = false;
  private uncountedMs = 0;
  /** The steady instant of the host timer, and how to cancel it. Infinity and null if it is not set. */
  private wakeAt = Infinity;
  private cancelWake: Cancel | null = null;
  private working = false;
  /** Number of timers that keep the process alive. */
  private strong = 0;
  private orders = 0;

  constructor(host: Host, slackMs = 0) {
    this.host = host;
    this.slackMs = slackMs;
    this.compares = !host.real && host.passed !== undefined;
    this.lastNow = host.now();
    this.anchorNow = this.lastNow;
    this.anchorPassed = host.passed?.() ?? 0;
  }

  /** Number of waiting timers. */
  get size(): number {
    return this.agenda.size;
  }

  /** The wall clock in epoch ms. */
  now(): number {
    const now = this.host.now();
    if (now < this.lastNow || this.compares) this.compare(now, 0);
    else this.lastNow = now;
    this.wasRead = true;
    return now;
  }

  /**
   * The last reading of the wall clock, for callers that run right after it, without user code in between. A reading takes 40 ns, and
   * 100 ns if other work has displaced it from the caches of the processor.
   */
  get lastReading(): number {
    return this.lastNow;
  }

  /** A monotonic reading in ms. If the host has none, {@link steady}. */
  passed(): number {
    return this.host.passed?.() ?? this.steady();
  }

  /** Sum of all steps back of a minute or more, in ms. Timetables restart after such a step. */
  get newTimeMs(): number {
    return this.newTimeTotal;
  }

  /** A reading in ms that never goes back: the wall clock plus all its steps back. */
  steady(): number {
    return this.now() + this.setBackTotal;
  }

  /** Converts an instant of the present wall clock to a steady instant. */
  steadyAt(instant: number): number {
    return instant + this.setBackTotal;
  }

  /** The next number to break ties with. */
  nextOrder(): number {
    return this.orders++;
  }

  setTimer(at: number, callback: () => void): Cancel {
    this.now(); // first: detects a step back of the clock
    return this.add(this.steadyAt(at), true, callback);
  }

  /** Calls `callback` when `ms` have passed. Setting the wall clock does not change that. */
  delay(ms: number, callback: () => void, weak = false): Cancel {
    const end = this.passed() + ms;
    const onDue = (): void => {
      const left = end - this.passed();
      if (left < ROUNDING_MS) callback();
      else cancel = this.add(this.steady() + left, false, onDue, weak); // the wall clock was set forward
    };
    let cancel = this.add(this.steady() + ms, false, onDue, weak);
    return () => {
      cancel();
    };
  }

  /** Calls a function in the async context of wake-ups. */
  inContext(work: () => void): void {
    const { context } = this.host;
    if (context === undefined) work();
    else context(work);
  }

  /**
   * Inserts a timer, or moves it if it is in the queue.
   *
   * @param due the steady instant at which it is due.
   * @throws InvalidOptionError if `due` is NaN, which would break the order of all timers.
   */
  insert(timer: Timer, due: number): void {
    if (Number.isNaN(due)) throw new InvalidOptionError('setTimer(at)', due, 'an instant in epoch ms');
    this.takeOut(timer);
    this.agenda.add(timer, due);
    if (timer.weak !== true && ++this.strong === 1) this.host.keepAlive?.(true);
    if (!this.working) this.sleep();
  }

  /** Removes a timer. Does nothing if it is not in the queue. */
  remove(timer: Timer): void {
    this.takeOut(timer);
    if (this.agenda.size === 0 && !this.working) this.stopSleeping();
  }

  private takeOut(timer: Timer): void {
    if (timer.batch === null) return;
    this.agenda.remove(timer);
    if (timer.weak !== true && --this.strong === 0) this.host.keepAlive?.(false);
  }

  private add(due: number, wall: boolean, callback: () => void, weak = false): Cancel {
    const fire = (): void => {
      callback();
      this.wasRead = false; // it may have read the clock at its start and then taken long
    };
    const timer: Timer = { batch: null, earlier: null, later: null, order: this.nextOrder(), wall, weak, fire };
    this.insert(timer, due);
    return () => {
      this.remove(timer);
    };
  }

  /**
   * Sets the host timer for the first timer, unless it is already set for it.
   *
   * @param steady what {@link steady} has just returned, if known.
   */
  private sleep(steady?: number): void {
    if (this.agenda.size === 0) {
      this.stopSleeping();
      return;
    }
    const present = steady ?? this.steady();
    const { real, maxSleepMs = real ? MAX_SLEEP_MS : MAX_DELAY_MS } = this.host;
    const wakeAt = this.wasSetBack ? present : Math.min(Math.max(this.roundedUp(this.agenda.firstDue), present), present + maxSleepMs);
    // a wake-up that is overdue by a whole sleep was lost with a faked clock: set it again
    const lost = this.wakeAt + MAX_SLEEP_MS < present;
    if (this.cancelWake !== null && this.wakeAt <= wakeAt && !lost) return;
    this.stopSleeping();
    this.wakeAt = wakeAt;
    this.cancelWake =
      this.host.soon !== undefined && wakeAt <= present
        ? this.host.soon(this.wake)
        : this.host.setTimer(wakeAt - this.setBackTotal, this.wake);
  }

  private stopSleeping(): void {
    this.cancelWake?.();
    this.cancelWake = null;
    this.wakeAt = Infinity;
  }

  private readonly wake = (): void => {
    this.inContext(this.wakeUp);
  };

  private readonly wakeUp = (): void => {
    const expected = this.wakeAt;
    this.cancelWake = null;
    this.wakeAt = Infinity;
    const now = this.host.now();
    this.compare(now, this.host.real ? this.earlyMs(expected - now - this.setBackTotal) : 0);
    if (this.host.real && !this.wasEarly) this.lagMs(now); // moves the anchor along after steps forward, and drift
    this.working = true;
    if (this.wasSetBack) this.reportSetBack();
    this.work();
    this.working = false;
    this.sleep(this.lastNow + this.setBackTotal);
  };

  /** Length of a step back in ms, according to a host timer that came early. 0 if that was rounding. */
  private earlyMs(byMs: number): number {
    const isSetBack = byMs > (this.wasEarly ? 0 : ROUNDING_MS);
    this.wasEarly = byMs > 0;
    const sum = this.wasEarly ? this.uncountedMs + byMs : 0; // it was not rounding if the next timer is early too
    this.uncountedMs = isSetBack ? 0 : sum;
    return isSetBack ? sum : 0;
  }

  /**
   * Records a reading, and detects a step back of the clock.
   *
   * @param earlyMs length of a step back that a host timer has shown.
   */
  private compare(now: number, earlyMs: number): void {
    const fallMs = this.lastNow - now;
    this.lastNow = now;
    this.wasRead = true;
    // with a real clock `passed` measures a step but does not detect one: the two clocks drift
    const lagMs = fallMs > 0 || earlyMs > 0 || this.compares ? this.lagMs(now) : 0;
    const byMs = Math.max(fallMs, lagMs, earlyMs);
    if (byMs > 0) this.setBack(byMs, fallMs > 0 || this.compares);
  }

  /** How many whole ms the wall clock has advanced less than `passed` since the anchor. The rest counts the next time. */
  private lagMs(now: number): number {
    const passed = this.host.passed?.();
    if (passed === undefined) return 0;
    const lag = this.anchorNow + passed - this.anchorPassed - now;
    if (Math.abs(lag) < ROUNDING_MS - FLOAT_MS) return 0;
    const whole = Math.floor(lag + FLOAT_MS);
    this.anchorNow = now + (lag > 0 ? lag - whole : 0);
    this.anchorPassed = passed;
    return whole;
  }

  /**
   * Calls due timers in order, until none is due or the slice is used up. In virtual time a job may let time pass and be due again: there
   * it calls only the timers that were due at the start.
   *
   * It reads the clock after a timer only if the timer has not done so: a reading takes 40 ns, and a job reads it after its function.
   */
  private work(): void {
    const begun = this.lastNow + this.setBackTotal; // the clock was just read
    const { real } = this.host;
    for (;;) {
      const steady = real ? this.lastNow + this.setBackTotal : begun;
      if (steady >= begun + SLICE_MS || this.agenda.firstDue > steady) return;
      const timer = this.agenda.peek();
      if (timer === undefined) return;
      this.takeOut(timer);
      this.wasRead = false;
      try {
        timer.fire(this.lastNow);
      } catch (error) {
        this.wasRead = false;
        this.host.report(error);
      }
      if (!this.hasBeenRead()) this.now();
    }
  }

  private hasBeenRead(): boolean {
    return this.wasRead;
  }

  /** With slack, wake-ups lie on a grid. Timers of whole seconds are still on time. */
  private roundedUp(due: number): number {
    return this.slackMs === 0 ? due : Math.ceil(due / this.slackMs) * this.slackMs;
  }

  /**
   * The wall clock was set back: its timers wait longer, the others do not change. Any reading may detect this, so timers are notified
   * later, from the host timer. The host timer is set again: one that uses the wall clock would be late.
   *
   * @param isKnown true if a reading was lower than an earlier one or than `passed`. A host timer that came early may also mean a wall
   *   clock that stands still. Then nothing may be repeated.
   */
  private setBack(byMs: number, isKnown: boolean): void {
    this.setBackTotal += byMs;
    if (isKnown && byMs >= NEW_TIME_MS - (this.host.real ? ROUNDING_MS : 0)) this.newTimeTotal += byMs;
    this.wasSetBack = true;
    this.agenda.rekey((timer, due) => (timer.wall ? due + byMs : due));
    if (this.working) return;
    this.stopSleeping();
    this.sleep();
  }

  private reportSetBack(): void {
    this.wasSetBack = false;
    for (const timer of this.agenda.toArray()) {
      try {
        timer.clockSetBack?.();
      } catch (error) {
        this.host.report(error);
      }
    }
  }
}
