import type { Cancel, Clock } from 'extended-scheduler';

interface ManualTimer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock for specs: time moves when it is told to. */
export class ManualClock implements Clock {
  private time: number;
  private timers: ManualTimer[] = [];

  constructor(start = 0) {
    this.time = start;
  }

  /** How many timers are set. */
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

  /** Lets so many ms pass; every timer fires at its instant. */
  advance(ms: number): void {
    const end = this.time + ms;
    while (this.fireNext(end));
    this.time = end;
  }

  /** The same, and lets promises settle before it, after it and between timers. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    while (this.fireNext(end)) await settle();
    this.time = end;
    await settle();
  }

  /** Time goes on and nothing can run: work that blocks the event loop. What is due fires when time passes next. */
  block(ms: number): void {
    this.time += ms;
  }

  /** A sleeping machine: time goes on and nothing runs, then what is due fires. */
  sleep(ms: number): void {
    this.block(ms);
    this.advance(0);
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

/** Lets promises that are resolved run their continuations. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
