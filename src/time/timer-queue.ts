import type { Cancel, Clock } from './clock.js';
import { TimerHeap } from './timer-heap.js';
import type { HeapEntry } from './timer-heap.js';

/** What a {@link TimerQueue} stands on: a clock, and whether real time passes on it. */
export interface Host extends Clock {
  /** True for the machine's clock: it may be set, sleep, and be starved; work is then cut into slices. */
  readonly real: boolean;
  /** Tells whether the process is to be kept alive by the timer that is set, and by those to come. */
  keepAlive?(alive: boolean): void;
  /** Takes an error that a timer threw: it must not reach the host's timer, nor the other timers. */
  report(error: unknown): void;
}

/** What waits in a {@link TimerQueue}: an object that its owner puts in again and again, so that a timer costs nothing. */
export interface Timer extends HeapEntry {
  /** The timer is due: true keeps it to the wall clock when that is set back, false lets it run on. */
  readonly wall: boolean;
  /** True where it is no reason to keep the process alive. */
  readonly weak?: boolean;
  /** Called when due, out of the queue; must not throw. */
  fire(): void;
  /** Called after the wall clock was set back, still in the queue, at the next wake-up. */
  clockSetBack?(): void;
}

/** Longest sleep in real time: so often a clock that was set, or a machine that slept, is noticed. */
const LONGEST_SLEEP_MS = 30_000;
/** Longest delay that host timers take (a signed 32-bit number); above it they fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;
/** The event loop gets its turn after so much work. */
const SLICE_MS = 10;
/** A host timer this much early is rounding, if it is so once; else the clock was set back. */
const ROUNDING_MS = 1;

/**
 * All timers of one world on one host timer.
 *
 * It keeps two readings: `now`, the wall clock, which may be set back, and `steady`, which never goes back and in which
 * timers are kept. They differ by what the wall clock was set back since the queue was made. A jump forward counts as time
 * that has passed on both: a machine that slept looks the same.
 *
 * Invariants: no timer is called early or from inside {@link insert}; the host timer is set exactly while timers wait.
 */
export class TimerQueue implements Clock {
  private readonly heap: TimerHeap<Timer> = new TimerHeap();
  private readonly host: Host;
  private lastNow: number;
  private setBackTotal = 0;
  /** Whether timers have yet to be told that the wall clock was set back, and whether the last wake-up was early. */
  private wasSetBack = false;
  private wasEarly = false;
  /** The steady instant for which the host timer is set, and whether it is set at all. */
  private wakeAt = Infinity;
  private cancelWake: Cancel | null = null;
  private working = false;
  /** How many timers keep the process alive. */
  private strong = 0;
  private orders = 0;

  constructor(host: Host) {
    this.host = host;
    this.lastNow = host.now();
  }

  /** How many timers wait. */
  get size(): number {
    return this.heap.size;
  }

  /** The wall clock in epoch ms. */
  now(): number {
    const now = this.host.now();
    const byMs = this.lastNow - now;
    this.lastNow = now;
    if (byMs > 0) this.setBack(byMs);
    return now;
  }

  /** How much the wall clock was set back in all, in ms. */
  get setBackMs(): number {
    return this.setBackTotal;
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

  /** Calls back after so many ms, whatever the wall clock is set to meanwhile. */
  delay(ms: number, callback: () => void, weak = false): Cancel {
    return this.add(this.steady() + ms, false, callback, weak);
  }

  /** Puts in a timer that is due at the steady instant `due`; one that is in already is moved. */
  insert(timer: Timer, due: number): void {
    this.takeOut(timer);
    timer.due = due;
    this.heap.add(timer);
    if (timer.weak !== true && ++this.strong === 1) this.host.keepAlive?.(true);
    if (!this.working) this.sleep();
  }

  /** Takes a timer out; does nothing to one that is not in. */
  remove(timer: Timer): void {
    this.takeOut(timer);
    if (this.heap.size === 0 && !this.working) this.stopSleeping();
  }

  private takeOut(timer: Timer): void {
    if (timer.slot < 0) return;
    this.heap.remove(timer);
    if (timer.weak !== true && --this.strong === 0) this.host.keepAlive?.(false);
  }

  private add(due: number, wall: boolean, fire: () => void, weak = false): Cancel {
    const timer: Timer = { due: 0, slot: -1, order: this.nextOrder(), wall, weak, fire };
    this.insert(timer, due);
    return () => {
      this.remove(timer);
    };
  }

  /** Sets the host timer for the first timer, if it is not set so already. */
  private sleep(): void {
    const first = this.heap.peek();
    if (first === undefined) {
      this.stopSleeping();
      return;
    }
    const steady = this.steady();
    const longest = this.host.real ? LONGEST_SLEEP_MS : LONGEST_DELAY_MS;
    const wakeAt = this.wasSetBack ? steady : Math.min(Math.max(first.due, steady), steady + longest);
    // a wake-up that is overdue by a whole sleep was lost with the faked clock that held it: set it again
    const lost = this.wakeAt + LONGEST_SLEEP_MS < steady;
    if (this.cancelWake !== null && this.wakeAt <= wakeAt && !lost) return;
    this.stopSleeping();
    this.wakeAt = wakeAt;
    this.cancelWake = this.host.setTimer(wakeAt - this.setBackTotal, this.wake);
  }

  private stopSleeping(): void {
    this.cancelWake?.();
    this.cancelWake = null;
    this.wakeAt = Infinity;
  }

  private readonly wake = (): void => {
    const expected = this.wakeAt;
    this.cancelWake = null;
    this.wakeAt = Infinity;
    const earlyMs = expected - this.steady();
    if (this.host.real && earlyMs > (this.wasEarly ? 0 : ROUNDING_MS)) this.setBack(earlyMs);
    this.wasEarly = earlyMs > 0;
    this.working = true;
    if (this.wasSetBack) this.tellSetBack();
    this.work();
    this.working = false;
    this.sleep();
  };

  /** Calls what is due, in order, until nothing is or the slice is used up. */
  private work(): void {
    let steady = this.steady();
    const end = this.host.real ? steady + SLICE_MS : Infinity;
    while (steady < end) {
      const timer = this.heap.peek();
      if (timer === undefined || timer.due > steady) return;
      this.takeOut(timer);
      this.call(() => {
        timer.fire();
      });
      steady = this.steady();
    }
  }

  /**
   * The wall clock was set back: its timers wait longer, the others go on as they were. This may be noticed at any reading, so
   * that timers are told later, from the host timer, which is set anew: one that goes by the wall clock would oversleep.
   */
  private setBack(byMs: number): void {
    this.setBackTotal += byMs;
    this.wasSetBack = true;
    this.heap.rekey((timer) => (timer.wall ? timer.due + byMs : timer.due));
    if (this.working) return;
    this.stopSleeping();
    this.sleep();
  }

  private tellSetBack(): void {
    this.wasSetBack = false;
    for (const timer of this.heap.toArray()) {
      this.call(() => {
        timer.clockSetBack?.();
      });
    }
  }

  private call(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.host.report(error);
    }
  }
}
