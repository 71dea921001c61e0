import type { Host } from '../../src/time/timer-queue.js';
import { ManualClock } from './manual-clock.js';

/** A machine: its timers run by a steady clock of their own, as real ones do, whatever the wall clock is set to. */
export class Machine implements Host {
  readonly errors: unknown[] = [];
  readonly real = true;
  /** What the wall clock is ahead of the steady one. */
  wallOffset = 0;
  readonly steady = new ManualClock(1_000_000);
  readonly delays: number[] = [];

  now(): number {
    return this.steady.now() + this.wallOffset;
  }

  setTimer(at: number, callback: () => void): () => void {
    this.delays.push(at - this.now());
    return this.steady.setTimer(this.steady.now() + Math.max(0, at - this.now()), callback);
  }

  report(error: unknown): void {
    this.errors.push(error);
  }
}
