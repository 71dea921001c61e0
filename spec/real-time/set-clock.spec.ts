import { Scheduler } from 'extended-scheduler';
import { wait } from '../support/waiting.js';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

describe('on real timers, with a Date that is set', () => {
  for (const byMs of [2, 5, 50]) {
    it(`an occurrence does not fire again: ${String(byMs)} ms back`, async () => {
      const real = Date.now;
      let backMs = 0;
      Date.now = () => real() - backMs;
      try {
        const scheduler = new Scheduler({ logger: false });
        const seen: number[] = [];
        scheduler.addCronJob('a', '* * * * * *', ({ fire }) => {
          seen.push(fire.scheduledAt);
          if (seen.length === 1) backMs = byMs;
        });
        await wait(2200);
        await scheduler.shutdown();
        expect(seen.length).toBeGreaterThanOrEqual(1);
        expect(new Set(seen).size).toBe(seen.length);
      } finally {
        Date.now = real;
      }
    });
  }

  it('a fixed Date fires nothing on the wall axis, and everything on the elapsed axis', async () => {
    const real = Date.now;
    const standing = Math.ceil(real() / SECOND) * SECOND;
    Date.now = () => standing;
    try {
      const scheduler = new Scheduler({ logger: false });
      scheduler.addCronJob('cron', '* * * * * *', () => undefined);
      scheduler.addIntervalJob('elapsed', 50, () => undefined);
      await wait(1000);
      expect(scheduler.getJobStatus('cron')?.fireCount).toBe(0);
      const { fireCount = 0, elapsedTimeMs = 0 } = scheduler.getJobStatus('elapsed') ?? {};
      expect(elapsedTimeMs).toBeGreaterThan(900); // no time is lost to what looks like rounding
      expect(fireCount).toBeGreaterThan(8);
      await scheduler.shutdown();
    } finally {
      Date.now = real;
    }
  });

  it('timeouts and delays within a run are not changed', async () => {
    const real = Date.now;
    let aheadMs = 0;
    Date.now = () => real() + aheadMs;
    try {
      const scheduler = new Scheduler({ logger: false });
      const outcomes: string[] = [];
      scheduler.events$.subscribe((event) => event.jobId === 'a' && /succeeded|failed/.test(event.type) && outcomes.push(event.type));
      scheduler.addOneTimeJob('a', Date.now(), () => wait(300), { timeout: { seconds: 30 } });
      scheduler.addIntervalJob('awake', 20, () => undefined); // each wake-up looks at what is due
      await wait(50);
      aheadMs = HOUR;
      scheduler.getAllStatuses();
      await wait(400);
      expect(outcomes).toEqual(['succeeded']);
      await scheduler.shutdown();
    } finally {
      Date.now = real;
    }
  });
});
