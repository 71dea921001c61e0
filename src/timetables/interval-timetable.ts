import type { Axis } from '../model/axis.js';
import type { Timetable } from './timetable.js';

/** A grid of equal periods, `origin + k · period`, with a start and an end. */
export interface IntervalGrid {
  readonly axis: Axis;
  readonly periodMs: number;
  /** The instant of k = 0. Null means 0 of elapsed time, or the start of the subscription on the wall axis. */
  readonly origin: number | null;
  /** True if a grid without an origin has its first instant at the start. Otherwise it comes after one period. */
  readonly immediate: boolean;
  /** The latest possible instant, inclusive. */
  readonly end: number;
}

/** Maximum number of periods whose timetables are shared. */
const MAX_SHARED = 100;
const shared: Map<number, Timetable> = new Map();

/** Creates the timetable of a grid. Every instant is a multiple of the period, not a sum, so it does not drift. */
export function intervalTimetable(grid: IntervalGrid): Timetable {
  const isPlain = grid.axis === 'elapsed' && grid.origin === null && !grid.immediate && grid.end === Infinity;
  if (!isPlain) return new IntervalTimetable(grid, grid.origin ?? 0);
  let timetable = shared.get(grid.periodMs);
  if (timetable === undefined) {
    timetable = new IntervalTimetable(grid, 0);
    if (shared.size >= MAX_SHARED) shared.clear();
    shared.set(grid.periodMs, timetable);
  }
  return timetable;
}

class IntervalTimetable implements Timetable {
  readonly axis: Axis;
  readonly repeats = true;
  private readonly grid: IntervalGrid;
  private origin: number;
  /** k of the first instant. 1 if it comes after one period. */
  private readonly from: number;

  constructor(grid: IntervalGrid, origin: number) {
    this.axis = grid.axis;
    this.grid = grid;
    this.origin = origin;
    this.from = grid.origin === null && !grid.immediate ? 1 : 0;
  }

  first(start: number): number | null {
    if (this.isAnchoredAtStart()) this.origin = start;
    return this.bounded(this.at(Math.max(this.from, this.indexAtOrAfter(start))));
  }

  after(instant: number): number | null {
    const k = this.indexAtOrAfter(instant);
    return this.bounded(this.at(Math.max(this.from, this.at(k) > instant ? k : k + 1)));
  }

  before(instant: number): number | null {
    const k = this.indexAtOrAfter(Math.min(instant, this.grid.end + 1)) - 1;
    const newest = k < this.from ? NaN : this.at(k);
    if (newest <= this.grid.end) return newest;
    return newest > this.grid.end && k > this.from ? this.at(k - 1) : null;
  }

  count(from: number, to: number, max: number): number {
    const first = Math.max(this.from, this.indexAtOrAfter(from));
    const last = this.indexAtOrAfter(Math.min(to, this.grid.end + this.grid.periodMs));
    let count = Math.max(0, last - first);
    if (count > 0 && this.at(first + count - 1) > this.grid.end) count--;
    return Math.min(max, count);
  }

  fork(): Timetable {
    return this.isAnchoredAtStart() ? new IntervalTimetable(this.grid, 0) : this;
  }

  /** Only such a grid has a state: its origin. */
  private isAnchoredAtStart(): boolean {
    return this.grid.origin === null && this.axis === 'wall';
  }

  private at(k: number): number {
    return this.origin + k * this.grid.periodMs;
  }

  /** k of the first grid point at or after `instant`. Corrects rounding errors. */
  private indexAtOrAfter(instant: number): number {
    const k = Math.ceil((instant - this.origin) / this.grid.periodMs);
    if (this.at(k - 1) >= instant) return k - 1;
    return this.at(k) < instant ? k + 1 : k;
  }

  private bounded(instant: number): number | null {
    return instant <= this.grid.end ? instant : null;
  }
}
