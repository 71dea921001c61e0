import { VirtualClock } from 'extended-scheduler/testing';
import { Stopwatch } from '../../src/time/stopwatch.js';
import { timersOf } from '../../src/time/world.js';

describe('Stopwatch', () => {
  it('counts only while it runs', () => {
    const clock = new VirtualClock(500);
    const stopwatch = new Stopwatch(timersOf(clock));
    clock.advanceBySync(100);
    expect(stopwatch.elapsedMs()).toBe(0);
    stopwatch.start();
    clock.advanceBySync(100);
    stopwatch.stop();
    clock.advanceBySync(1000);
    stopwatch.start();
    clock.advanceBySync(11);
    expect(stopwatch.elapsedMs()).toBe(111);
  });

  it('notifies its listener after changes, and only then', () => {
    const stopwatch = new Stopwatch(timersOf(new VirtualClock(0)));
    const told: string[] = [];
    stopwatch.setListener({
      stopwatchStarted: () => told.push(`started ${String(stopwatch.running)}`),
      stopwatchStopped: () => told.push(`stopped ${String(stopwatch.running)}`),
      stopwatchDetached: () => told.push('taken'),
    });
    stopwatch.stop();
    stopwatch.start();
    stopwatch.start();
    stopwatch.stop();
    expect(told).toEqual(['started true', 'stopped false']);
    stopwatch.setListener(null);
    stopwatch.start();
    expect(told.slice(2)).toEqual(['taken']);
  });
});
