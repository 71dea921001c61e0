import { intervalTrigger, nextFireTimes, unionTrigger } from 'extended-scheduler';
import { addAnimation, addIntermission, frameTimes } from '../../docs/examples/animation.js';
import { addBusinessHours } from '../../docs/examples/business-hours.js';
import { decoratedTask } from '../../docs/examples/decorated.js';
import { addNotifications, notifier } from '../../docs/examples/notifications.js';
import { randomIntervalTrigger } from '../../docs/examples/random-interval.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('the example', () => {
  it('notifications notifies each user at the right time', () => {
    const { scheduler, clock } = harness();
    const lines: string[] = [];
    addNotifications(
      scheduler,
      notifier((line) => lines.push(`${String((clock.now() - NEW_YEAR) / 1000)} ${line}`)),
    );
    clock.advanceBySync(86_400_000);
    expect(lines).toEqual([
      '5 [SUCCESS] User 123: Your order has been shipped!',
      '3600 [WARNING] User 456: You have an appointment in 30 minutes',
      "64800 [INFO] User 789: Here's your daily activity summary",
    ]);
  });

  it('animation renders every frame at its time, and pauses in between', () => {
    const { scheduler, clock } = harness();
    const frames: [number, number][] = [];
    addAnimation(scheduler, (frame, objectId) => {
      expect(objectId).toBe('ball');
      frames.push([frame, clock.now() - NEW_YEAR]);
    });
    addIntermission(scheduler);
    clock.advanceBySync(6_000);
    expect(frames).toEqual(frameTimes.map((at, frame) => [frame, at <= 500 ? at : at + 2000]));
    expect(scheduler.getJobStatus('animation_1')?.elapsedTimeMs).toBe(1983);
  });

  it('business hours opens, closes and processes orders through a week, weekend left out', () => {
    const { scheduler, clock } = harness();
    const counts = { start: 0, stop: 0, orders: 0 };
    addBusinessHours(scheduler, { start: () => counts.start++, stop: () => counts.stop++, processOrders: () => counts.orders++ });
    clock.advanceBySync(7 * 86_400_000);
    expect(counts).toEqual({ start: 5, stop: 5, orders: 5 * 16 });
  });

  it('random interval stays within its bounds, alone and in a union', () => {
    const times = nextFireTimes(randomIntervalTrigger(100, 200), { from: 0, count: 50 });
    const gaps = times.map((time, index) => time - (times[index - 1] ?? 0));
    expect(gaps.every((gap) => gap >= 100 && gap <= 200)).toBeTrue();
    const union = nextFireTimes(unionTrigger(randomIntervalTrigger(100, 200), intervalTrigger(10, { startTime: 0 })), {
      from: 0,
      count: 500,
    });
    expect(union.filter((time) => time % 10 !== 0).length).toBeGreaterThan(20);
  });

  it('decorator runs the method on its instance', () => {
    const { scheduler, clock } = harness();
    const lines: string[] = [];
    const Task = decoratedTask(scheduler, (line) => lines.push(line));
    new Task();
    clock.advanceBySync(120_000);
    expect(lines).toEqual(['This runs every minute: 1', 'This runs every minute: 2']);
  });
});
