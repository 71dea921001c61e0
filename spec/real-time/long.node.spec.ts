import { oneTimeTrigger, Scheduler } from 'extended-scheduler';
import { wait } from '../support/waiting.js';

const DELAYS: readonly number[] = [2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 40 * 86_400_000];

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('over a long time', () => {
  it('delays that setTimeout cannot hold never reach it, and do not fire at once', async () => {
    let fires = 0;
    const spy = spyOn(globalThis, 'setTimeout').and.callThrough();
    const subscriptions = DELAYS.map((delay) => oneTimeTrigger(Date.now() + delay).subscribe(() => fires++));
    const asked = spy.calls.allArgs().map(([, ms]) => ms ?? 0);
    expect(asked).toHaveSize(DELAYS.length); // each found its world through the spy
    // a millisecond may pass between the reading that they go by and the call
    expect(Math.max(...asked)).toBeLessThanOrEqual(30_000);
    expect(Math.min(...asked)).toBeGreaterThan(29_000);
    await wait(3000);
    expect(fires).toBe(0);
    for (const subscription of subscriptions) subscription.unsubscribe();
  }, 10_000);

  it('an interval of 10 ms keeps its grid for 30 s of bursts that block for 30, and counts every occurrence that it missed', async () => {
    const scheduler = new Scheduler();
    const seen: { at: number; missed: number }[] = [];
    scheduler.addIntervalJob('tick', 10, ({ fire }) => seen.push({ at: fire.scheduledAt, missed: fire.missedCount }));
    const end = Date.now() + 30_000;
    while (Date.now() < end) {
      block(30);
      await wait(1);
    }
    await scheduler.shutdown();
    const [first = { at: NaN, missed: NaN }] = seen;
    let due = first.at - 10 * (first.missed + 1);
    for (const { at, missed } of seen) {
      due += 10 * (missed + 1);
      expect(at).toBe(due);
    }
    expect(due - first.at).toBeGreaterThan(29_800);
    expect(seen.length).toBeLessThan(1500); // it was late indeed
  }, 45_000);
});
