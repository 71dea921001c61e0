import { timestampsTimetable } from '../../src/timetables/timestamps-timetable.js';

describe('timestampsTimetable', () => {
  const timetable = timestampsTimetable([500, 0, 2000, 500, 1000.5]);

  it('sorts, and takes equal ones for one', () => {
    const all = [];
    for (let at = timetable.first(0); at !== null; at = timetable.after(at)) all.push(at);
    expect(all).toEqual([0, 500, 1000.5, 2000]);
  });

  it('returns the position of an instant', () => {
    expect([0, 500, 1000.5, 2000].map((at) => timetable.position?.(at))).toEqual([0, 1, 2, 3]);
  });

  it('answers before and count by position', () => {
    expect(timetable.before?.(0)).toBeNull();
    expect(timetable.before?.(Infinity)).toBe(2000);
    expect(timetable.count?.(0, 2000, 1000)).toBe(3);
    expect(timetable.count?.(0, 3000, 2)).toBe(2);
  });

  it('has no instant when the list is empty', () => {
    expect(timestampsTimetable([]).first(0)).toBeNull();
  });
});
