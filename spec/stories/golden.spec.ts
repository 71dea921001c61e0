import type { Misfire, Overlap, WhilePaused } from 'extended-scheduler';
import { intervalTrigger } from 'extended-scheduler';
import golden from '../data/golden-timelines.json' with { type: 'json' };
import { harness } from '../support/scheduler-harness.js';

/*
 * One slow job, 25 ms long on a period of 10, through a day in small: 25 ms as planned, a pause from 25 to 60 ms, 25 ms as planned,
 * then the event loop is blocked for 32 ms, then 30 ms as planned.
 */
async function timeline(overlap: Overlap, misfire: Misfire, whilePaused: WhilePaused): Promise<string> {
  const { scheduler, clock, log } = harness({ logger: false });
  const trigger = intervalTrigger(10, whilePaused === 'freeze' ? {} : { startTime: clock.now() + 10 });
  const run = (): Promise<void> => new Promise((resolve) => clock.setTimer(clock.now() + 25, resolve));
  scheduler.addJob('slow', trigger, run, { overlap, misfire, whilePaused, graceMs: 5, concurrency: 2, queueLimit: 2 });
  await clock.advanceBy(25);
  scheduler.pauseJob('slow');
  await clock.advanceBy(35);
  scheduler.resumeJob('slow');
  await clock.advanceBy(25);
  clock.block(32);
  await clock.advanceBy(0);
  await clock.advanceBy(30);
  const text = log.text();
  await scheduler.shutdown();
  return text;
}

describe('golden timelines', () => {
  for (const whilePaused of ['freeze', 'skip', 'catch-up'] as const) {
    for (const misfire of ['once', 'skip', 'all'] as const) {
      for (const overlap of ['skip', 'queue', 'latest', 'replace', 'allow'] as const) {
        const name = `${whilePaused} ${misfire} ${overlap}`;
        it(name, async () => {
          const expected = (golden as Record<string, string>)[name];
          expect(await timeline(overlap, misfire, whilePaused)).toBe(expected ?? 'a timeline that was read and agreed');
        });
      }
    }
  }

  it('are 45', () => {
    expect(Object.keys(golden).length).toBe(45);
  });
});
