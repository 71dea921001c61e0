import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { Region } from '../model/region.js';
import type { Cancel, Clock } from './clock.js';
import { Agenda } from './agenda.js';
import type { AgendaEntry } from './agenda.js';

/** What a {@link TimerQueue} stands on: a clock, and whether real time passes on it. */
export interface Host extends Clock {
  /** True for the machine's clock: it may be set, sleep, and be starved; work is then cut into slices. */
  readonly real: boolean;
  /** Maximum length of one host timer in ms. Default: 30 s where time is real, else what a host timer takes. */
  readonly longestSleepMs?: number;
  /** Calls back in a task of its own, as soon as possible. A hidden page throttles timers, but not such a task. */
  soon?(callback: () => void): Cancel;
  /** Where wake-ups run: in the async context of the host, not in that of the code that happened to set the timer. */
  readonly context?: Region;
  /** Tells whether the process is to be kept alive by the timer that is set, and by those to come. */
  keepAlive?(alive: boolean): void;
  /** Takes an error that a timer threw: it must not reach the host's timer, nor the other timers. */
  report(error: unknown): void;
}

/** What waits in a {@link TimerQueue}: an object that its owner puts in again and again, so that a timer costs nothing. */
export interface Timer extends AgendaEntry {
  /** The timer is due: true keeps it to the wall clock when that is set back, false lets it run on. */
  readonly wall: boolean;
  /** True where it is no reason to keep the process alive. */
  readonly weak?: boolean;
  /** Called when due, out of the queue, with the wall clock as it stands; must not throw. */
  fire(now: number): void;
  /** Called after the wall clock was set back, still in the queue, at the next wake-up. */
  clockSetBack?(): void;
}

/** Longest sleep in real time: so often a clock that was set, or a machine that slept, is noticed. */
const LONGEST_SLEEP_MS = 30_000;
/** Longest delay that host timers take (a signed 32-bit number); above it they fire at once. */
export const LONGEST_DELAY_MS: number = 2 ** 31 - 1;
/** A step back of the wall clock by this much or more is a new time; a smaller one is a correction, and repeats nothing. */
const NEW_TIME_MS = 60_000;
/** The event loop gets its turn after so much work. */
const SLICE_MS = 10;
/** A host timer this much early is rounding, if it is so once; else the clock was set back. Readings in whole ms differ by less. */
const ROUNDING_MS = 1;
/** What floating-point numbers of the size of epoch ms lose at most in a sum, in ms. */
const FLOAT_MS = 0.01;

/** What marks a queue, whichever copy of this package made it; the number is that of the world's mark. */
const KIND = 'extended-scheduler.timer-queue.1';

/** Whether a clock is a queue itself. */
export function isTimerQueue(clock: Clock): clock is TimerQueue {
  return (clock as Partial<TimerQueue>).kind === KIND;
}

/**
 * All timers of one world on one host timer.
 *
 * It keeps two readings: `now`, the wall clock, which may be set back, and `steady`, which never goes back and in which
 * timers are kept. They differ by what the wall clock was set back since the queue was made. A jump forward counts as time
 * that has passed on both: a machine that slept looks the same. Only {@link delay} is measured by a third reading, `passed`, which no
 * step of the wall clock changes.
 *
 * Invariants: no timer is called early or from inside {@link insert}; the host timer is set exactly while timers wait.
 */
export class TimerQueue implements Clock {
  readonly kind: string = KIND;
  private readonly agenda: Agenda<Timer> = new Agenda();
  private readonly host: Host;
  /** By how much a wake-up may be late, so that timers of neighbouring instants share it; in ms. */
  readonly slackMs: number;
  private lastNow: number;
  /** A reading of the wall clock and of `host.passed` at the same moment: shows by how much the clock was set since then. */
  private anchorNow: number;
  private anchorPassed: number;
  private setBackTotal = 0;
  private newTimeTotal = 0;
  /** Whether every reading is compared with `host.passed`. It costs 60 ns on a machine, where it is read at wake-ups only. */
  private readonly compares: boolean;
  /** Whether the clock was read since the timer that is being called was called. */
  private wasRead = false;
  /** Whether timers have yet to be notified of a step back, whether the last wake-up was early, and how much of that was not counted. */
  private wasSetBack = false;
  private wasEarly = false;
  private uncountedMs = 0;
  /** The steady instant for which the host timer is set, and whether it is set at all. */
  private wakeAt = Infinity;
  private cancelWake: Cancel | null = null;
  private working = false;
  /** How many timers keep the process alive. */
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

  /** How many timers wait. */
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
   * The wall clock as it was last read, for callers that come right after a reading, with no user code in between. A reading costs
   * 40 ns, and 100 where other work has driven it out of the processor's caches.
   */
  get lastReading(): number {
    return this.lastNow;
  }

  /** Ms since some moment, whatever the wall clock is set to; where the host cannot say, {@link steady}. */
  passed(): number {
    return this.host.passed?.() ?? this.steady();
  }

  /** Sum of all steps back of a minute or more, in ms. Smaller steps are corrections: timetables do not begin again after them. */
  get newTimeMs(): number {
    return this.newTimeTotal;
  }

  /** A reading in ms that never goes back: the wall clock plus all that it was set back. */
  steady(): number {
    return this.now() + this.setBackTotal;
  }

  /** The steady instant that belongs to an instant of the wall clock as it stands now. */
  steadyAt(instant: number): number {
    return instant + this.setBackTotal;
  }

  /** The number that ties are broken by: the order in which it was asked for. */
  nextOrder(): number {
    return this.orders++;
  }

  setTimer(at: number, callback: () => void): Cancel {
    this.now(); // first: notices a clock that was set back
    return this.add(this.steadyAt(at), true, callback);
  }

  /** Calls back when `ms` have passed, whatever the wall clock is set to meanwhile. */
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

  /** Calls the function in the async context of the host's wake-ups. */
  inContext(work: () => void): void {
    const { context } = this.host;
    if (context === undefined) work();
    else context(work);
  }

  /**
   * Puts in a timer that is due at the steady instant `due`; one that is in already is moved.
   *
   * @throws InvalidOptionError when `due` is NaN, which would put every other timer out of order.
   */
  insert(timer: Timer, due: number): void {
    if (Number.isNaN(due)) throw new InvalidOptionError('setTimer(at)', due, 'an instant in epoch ms');
    this.takeOut(timer);
    this.agenda.add(timer, due);
    if (timer.weak !== true && ++this.strong === 1) this.host.keepAlive?.(true);
    if (!this.working) this.sleep();
  }

  /** Takes a timer out; does nothing to one that is not in. */
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
      this.wasRead = false; // it may have read the clock first, and taken long then
    };
    const timer: Timer = { batch: null, earlier: null, later: null, order: this.nextOrder(), wall, weak, fire };
    this.insert(timer, due);
    return () => {
      this.remove(timer);
    };
  }

  /** Sets the host timer for the first timer, if it is not set so already; `steady` is what {@link steady} has just returned, if known. */
  private sleep(steady?: number): void {
    if (this.agenda.size === 0) {
      this.stopSleeping();
      return;
    }
    const present = steady ?? this.steady();
    const { real, longestSleepMs = real ? LONGEST_SLEEP_MS : LONGEST_DELAY_MS } = this.host;
    const wakeAt = this.wasSetBack ? present : Math.min(Math.max(this.roundedUp(this.agenda.firstDue), present), present + longestSleepMs);
    // a wake-up that is overdue by a whole sleep was lost with the faked clock that held it: set it again
    const lost = this.wakeAt + LONGEST_SLEEP_MS < present;
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
    if (this.host.real && !this.wasEarly) this.lagMs(now); // the anchor follows steps forward, and drift
    this.working = true;
    if (this.wasSetBack) this.reportSetBack();
    this.work();
    this.working = false;
    this.sleep(this.lastNow + this.setBackTotal);
  };

  /** By how much the clock was set back according to a host timer that came early, unless that is rounding. */
  private earlyMs(byMs: number): number {
    const isSetBack = byMs > (this.wasEarly ? 0 : ROUNDING_MS);
    this.wasEarly = byMs > 0;
    const sum = this.wasEarly ? this.uncountedMs + byMs : 0; // what looked like rounding was none if the next timer is early, too
    this.uncountedMs = isSetBack ? 0 : sum;
    return isSetBack ? sum : 0;
  }

  /** Takes a reading in, and notices a clock that was set back, of which a host timer has shown `earlyMs`. */
  private compare(now: number, earlyMs: number): void {
    const fallMs = this.lastNow - now;
    this.lastNow = now;
    this.wasRead = true;
    // on a machine `passed` measures a step but does not detect one: the two clocks drift
    const lagMs = fallMs > 0 || earlyMs > 0 || this.compares ? this.lagMs(now) : 0;
    const byMs = Math.max(fallMs, lagMs, earlyMs);
    if (byMs > 0) this.setBack(byMs, fallMs > 0 || this.compares);
  }

  /** By how many whole ms the wall clock has advanced less than what has passed since the anchor; what is left counts the next time. */
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
   * Calls what is due, in order, until nothing is or the slice is used up. In virtual time, where a job may let time pass and so be due
   * again, it is what was due when this began.
   *
   * The clock is read after a timer only where that has not been done since: a reading costs 40 ns, and a job reads it when its
   * function has returned.
   */
  private work(): void {
    const begun = this.lastNow + this.setBackTotal; // just read
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

  /** With slack, timers wake up together on a grid: those of whole seconds are still on time. */
  private roundedUp(due: number): number {
    return this.slackMs === 0 ? due : Math.ceil(due / this.slackMs) * this.slackMs;
  }

  /**
   * The wall clock was set back: its timers wait longer, the others go on as they were. Any reading may notice this, so timers are
   * notified later, from the host timer, which is set anew: one that goes by the wall clock would oversleep.
   *
   * `isKnown` says that a reading was lower than one before, or than what has passed. A host timer alone that came early may also mean a
   * wall clock that stands still, under which nothing must come twice.
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
