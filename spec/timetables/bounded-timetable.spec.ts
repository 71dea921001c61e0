import { boundedTimetable } from '../../src/timetables/bounded-timetable.js';
import { intervalTimetable } from '../../src/timetables/interval-timetable.js';

describe('boundedTimetable', () => {
  const grid = intervalTimetable({ axis: 'wall', periodMs: 10, origin: 0, immediate: false, end: Infinity });
  const bounded = boundedTimetable(grid, 30, 50);

  it('includes both bounds', () => {
    expect(bounded.first(0)).toBe(30);
    expect(bounded.after(30)).toBe(40);
    expect(bounded.after(40)).toBe(50);
    expect(bounded.after(50)).toBeNull();
  });

  it('applies to the other methods too', () => {
    expect(bounded.before?.(Infinity)).toBe(50);
    expect(bounded.before?.(30)).toBeNull();
    expect(bounded.count?.(0, 1000, 1000)).toBe(3);
  });

  it('accepts a bound between two milliseconds', () => {
    expect(boundedTimetable(grid, 30.5, 49.5).first(0)).toBe(40);
    expect(boundedTimetable(grid, 30.5, 49.5).after(40)).toBeNull();
  });

  it('is the timetable itself without a bound', () => {
    expect(boundedTimetable(grid, -Infinity, Infinity)).toBe(grid);
  });
});
