import type { Cancel, Clock } from 'extended-scheduler';

interface ManualTimer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock whose timers use its wall clock. For the specs of the timer queue. Others use `VirtualClock`. */
export class ManualClock implements Clock {
  private time: number;
  private timers: ManualTimer[] = [];

  constructor(start = 0) {
    this.time = start;
  }

  /** Number of waiting timers. */
  get pending(): number {
    return this.timers.length;
  }

  now(): number {
    return this.time;
  }

  setTimer(at: number, callback: () => void): Cancel {
    const timer = { at, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass. Every timer fires at its instant. */
  advance(ms: number): void {
    const end = this.time + ms;
    while (this.fireNext(end));
    this.time = end;
  }

  /** Moves the time without firing timers: a blocked event loop, or a clock that is set back by a negative time. */
  block(ms: number): void {
    this.time += ms;
  }

  private fireNext(end: number): boolean {
    const due = this.timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at);
    const [next] = due;
    if (next === undefined) return false;
    this.timers = this.timers.filter((timer) => timer !== next);
    this.time = Math.max(this.time, next.at);
    next.callback();
    return true;
  }
}
