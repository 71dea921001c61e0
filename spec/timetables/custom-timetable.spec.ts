import { TimetableError } from 'extended-scheduler';
import { customTimetable } from '../../src/timetables/custom-timetable.js';

describe('customTimetable', () => {
  it('passes the start to the first call, and keeps an answer until it has passed', () => {
    const asked: number[] = [];
    const timetable = customTimetable({
      next: (after) => {
        asked.push(after);
        return after + 10;
      },
    });
    expect(timetable.first(100)).toBe(110);
    expect(timetable.after(105)).toBe(110);
    expect(timetable.after(110)).toBe(120);
    expect(asked).toEqual([100, 110]);
  });

  it('stays null after null', () => {
    let answers = 0;
    const timetable = customTimetable({ next: () => (answers++ === 0 ? null : 99) });
    expect(timetable.first(0)).toBeNull();
    expect(timetable.after(1)).toBeNull();
  });

  it('rejects an answer that is not a later instant', () => {
    for (const wrong of [NaN, Infinity, 5, 4, '6', undefined]) {
      expect(() => customTimetable({ next: () => wrong as number }).after(5)).toThrowError(
        TimetableError,
        /expected a later instant in ms, or null/,
      );
    }
  });

  it('creates a new source for each fork if it has a factory', () => {
    const timetable = customTimetable(() => {
      let calls = 0;
      return { axis: 'elapsed', next: (after) => after + ++calls };
    });
    expect([timetable.first(0), timetable.after(1), timetable.fork?.().first(0)]).toEqual([1, 3, 1]);
  });
});
