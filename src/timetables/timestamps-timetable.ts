import type { Timetable } from './timetable.js';

/** The timetable of a list of instants in ms after the start, in any order. Equal ones count once. */
export function timestampsTimetable(timestamps: readonly number[]): Timetable {
  const sorted = Float64Array.from(new Set(timestamps)).sort();
  return new TimestampsTimetable(sorted);
}

class TimestampsTimetable implements Timetable {
  readonly axis = 'elapsed';
  private readonly sorted: Float64Array;

  constructor(sorted: Float64Array) {
    this.sorted = sorted;
  }

  first(start: number): number | null {
    return this.sorted[this.indexAtOrAfter(start)] ?? null;
  }

  after(instant: number): number | null {
    const index = this.indexAtOrAfter(instant);
    return this.sorted[this.sorted[index] === instant ? index + 1 : index] ?? null;
  }

  before(instant: number): number | null {
    return this.sorted[this.indexAtOrAfter(instant) - 1] ?? null;
  }

  count(from: number, to: number, max: number): number {
    return Math.min(max, Math.max(0, this.indexAtOrAfter(to) - this.indexAtOrAfter(from)));
  }

  position(instant: number): number {
    return this.indexAtOrAfter(instant);
  }

  private indexAtOrAfter(instant: number): number {
    let low = 0;
    let high = this.sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.sorted[middle] ?? Infinity) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
