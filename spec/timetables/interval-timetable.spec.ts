import fc from 'fast-check';
import { intervalTimetable } from '../../src/timetables/interval-timetable.js';
import { must } from '../support/must.js';

describe('intervalTimetable', () => {
  it('has its first instant after one period, or at once', () => {
    const grid = { axis: 'elapsed', periodMs: 2000, origin: null, end: Infinity } as const;
    expect(intervalTimetable({ ...grid, immediate: false }).first(0)).toBe(2000);
    expect(intervalTimetable({ ...grid, immediate: true }).first(0)).toBe(0);
  });

  it('is on the grid of its origin, and does not catch up on a past start', () => {
    const timetable = intervalTimetable({ axis: 'wall', periodMs: 1000, origin: 500, immediate: false, end: Infinity });
    expect(timetable.first(0)).toBe(500);
    expect(timetable.first(1400)).toBe(1500);
    expect(timetable.first(1500)).toBe(1500);
    expect(timetable.after(1500)).toBe(2500);
    expect(timetable.before?.(1500)).toBe(500);
    expect(timetable.before?.(500)).toBeNull();
  });

  it('ends with its end, inclusive', () => {
    const timetable = intervalTimetable({ axis: 'wall', periodMs: 1000, origin: 0, immediate: false, end: 3000 });
    expect(timetable.after(2999)).toBe(3000);
    expect(timetable.after(3000)).toBeNull();
    expect(timetable.before?.(Infinity)).toBe(3000);
    expect(timetable.count?.(0, Infinity, 1000)).toBe(4);
  });

  it('does not drift in a million periods of a fraction', () => {
    const timetable = intervalTimetable({ axis: 'elapsed', periodMs: 1000 / 60, origin: null, immediate: false, end: Infinity });
    let at = timetable.first(0) ?? NaN;
    for (let k = 1; k < 1_000_000; k++) at = timetable.after(at) ?? NaN;
    expect(at).toBe((1000 / 60) * 1_000_000);
  });

  it('agrees with a list of its instants: after, before and count', () => {
    const cases = fc.record({
      period: fc.oneof(fc.integer({ min: 1, max: 50 }), fc.double({ min: 1, max: 50, noNaN: true })),
      origin: fc.option(fc.integer({ min: -100, max: 100 })),
      immediate: fc.boolean(),
      end: fc.option(fc.integer({ min: 100, max: 400 })),
      at: fc.integer({ min: -50, max: 500 }),
      length: fc.integer({ min: 0, max: 300 }),
    });
    fc.assert(
      fc.property(cases, ({ period, origin, immediate, end, at, length }) => {
        const timetable = intervalTimetable({ axis: 'wall', periodMs: period, origin, immediate, end: end ?? Infinity });
        const first = timetable.first(origin ?? 0);
        const list: number[] = [];
        const from = origin === null && !immediate ? 1 : 0;
        for (let k = from; (origin ?? 0) + k * period <= Math.min(end ?? Infinity, 1000); k++) list.push((origin ?? 0) + k * period);
        must(first, list[0] ?? null, 'first');
        must(timetable.after(at), list.find((one) => one > at) ?? null, 'after');
        must(timetable.before?.(at), list.filter((one) => one < at).at(-1) ?? null, 'before');
        must(timetable.count?.(at, at + length, 1000), list.filter((one) => one >= at && one < at + length).length, 'count');
      }),
      { numRuns: 2000 },
    );
    expect().nothing();
  });
});
