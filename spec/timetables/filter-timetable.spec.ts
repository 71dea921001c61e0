import { TimetableError } from 'extended-scheduler';
import { filterTimetable } from '../../src/timetables/filter-timetable.js';
import { intervalTimetable } from '../../src/timetables/interval-timetable.js';

describe('filterTimetable', () => {
  const grid = intervalTimetable({ axis: 'wall', periodMs: 10, origin: 0, immediate: false, end: Infinity });

  it('keeps what the predicate accepts, in every direction', () => {
    const filtered = filterTimetable(grid, (time) => time % 30 === 0);
    expect(filtered.first(5)).toBe(30);
    expect(filtered.after(30)).toBe(60);
    expect(filtered.before?.(60)).toBe(30);
  });

  it('fails after 100,000 rejected in a row instead of hanging', () => {
    expect(() => filterTimetable(grid, () => false).first(0)).toThrowError(TimetableError, /100000 rejected in a row/);
  });
});
