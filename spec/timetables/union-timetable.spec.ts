import { intervalTimetable } from '../../src/timetables/interval-timetable.js';
import { oneTimeTimetable } from '../../src/timetables/one-time-timetable.js';
import type { Timetable } from '../../src/timetables/timetable.js';
import { forked } from '../../src/timetables/timetable.js';
import { unionTimetable } from '../../src/timetables/union-timetable.js';

const grid = (periodMs: number): Timetable => intervalTimetable({ axis: 'wall', periodMs, origin: 0, immediate: false, end: Infinity });

function instants(timetable: Timetable, start: number, count: number): (number | null)[] {
  const list = [timetable.first(start)];
  for (let last = list[0]; list.length < count && last != null; list.push(last)) last = timetable.after(last);
  return list;
}

describe('unionTimetable', () => {
  it('has each instant of its children once', () => {
    expect(instants(unionTimetable([grid(2), grid(3)], 'wall'), 1, 6)).toEqual([2, 3, 4, 6, 8, 9]);
  });

  it('does not catch up on a child before the start because another is late', () => {
    const union = unionTimetable([oneTimeTimetable(10), oneTimeTimetable(20), grid(100)], 'wall');
    expect(instants(union, 1050, 4)).toEqual([10, 20, 1100, 1200]);
  });

  it('has before if all its children do', () => {
    expect(unionTimetable([grid(2), grid(3)], 'wall').before?.(9)).toBe(8);
    expect(unionTimetable([grid(2), { axis: 'wall', first: () => null, after: () => null }], 'wall').before).toBeUndefined();
  });

  it('uses forks of its children for each subscription', () => {
    let forks = 0;
    const child: Timetable = { axis: 'wall', first: () => null, after: () => null, fork: () => ({ ...child, made: ++forks }) as Timetable };
    forked(unionTimetable([child, child], 'wall'));
    expect(forks).toBe(2);
  });
});
