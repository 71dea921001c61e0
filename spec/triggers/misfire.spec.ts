import type { Fire, Trigger } from 'extended-scheduler';
import { customTrigger, intervalTrigger } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';

describe('misfire', () => {
  const fires = (trigger: Trigger, clock: VirtualClock): Fire[] => {
    const list: Fire[] = [];
    trigger.subscribe((fire) => list.push(fire));
    clock.advanceBySync(10);
    clock.sleepForSync(34);
    clock.sleepForSync(3500);
    return list;
  };

  it("'once' fires for the newest and counts the others", () => {
    const clock = new VirtualClock(0);
    expect(fires(intervalTrigger(10, { clock, misfire: 'once' }), clock).map((fire) => [fire.scheduledAt, fire.missedCount])).toEqual([
      [10, 0],
      [40, 2],
      [3540, 349],
    ]);
  });

  it("'skip' fires for the newest only, and not if it is more than a second late", () => {
    const clock = new VirtualClock(0);
    expect(fires(intervalTrigger(2000, { clock, misfire: 'skip', immediate: true }), clock).map((fire) => fire.scheduledAt)).toEqual([0]);
    const quick = new VirtualClock(0);
    expect(
      fires(intervalTrigger(10, { clock: quick, misfire: 'skip' }), quick).map((fire) => [fire.scheduledAt, fire.missedCount]),
    ).toEqual([
      [10, 0],
      [40, 0],
      [3540, 0],
    ]);
  });

  it("'all' fires for each, at most 100, and the first counts the dropped ones", () => {
    const clock = new VirtualClock(0);
    const list = fires(intervalTrigger(10, { clock, misfire: 'all' }), clock);
    expect(list.slice(0, 5).map((fire) => [fire.scheduledAt, fire.missedCount])).toEqual([
      [10, 0],
      [20, 0],
      [30, 0],
      [40, 0],
      [2550, 250],
    ]);
    expect(list.length).toBe(104);
    expect(list.at(-1)?.scheduledAt).toBe(3540);
  });

  it('counts at most 1,000 missed, and steps through a custom timetable', () => {
    const clock = new VirtualClock(0);
    const missed: number[] = [];
    intervalTrigger(1, { clock }).subscribe((fire) => missed.push(fire.missedCount));
    customTrigger({ axis: 'elapsed', next: (after) => Math.floor(after) + 1 }, { clock }).subscribe((fire) =>
      missed.push(fire.missedCount, fire.scheduledAt),
    );
    clock.sleepForSync(5000);
    expect(missed).toEqual([1000, 1000, 1001]);
  });
});
