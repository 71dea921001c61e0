import { hiddenPage } from '../support/hidden-page.js';
import { wait } from '../support/waiting.js';

interface Seen {
  readonly jobs: Readonly<Record<string, number>>;
  readonly chained: number;
  readonly interval: number;
  readonly retried: number;
}

const SECONDS = 10;

describe('a hidden page, whose timers the browser throttles', () => {
  it('finishes the work of a wake-up that takes longer than a slice, and does not wait for the next one', async () => {
    const page = await hiddenPage('in-hidden-page.ts');
    try {
      await wait(SECONDS * 1000);
      const { jobs, chained, interval, retried } = await page.evaluate<Seen>('seen');
      expect(chained)
        .withContext('it is throttled')
        .toBeLessThan(2 * SECONDS);
      const runs = Object.values(jobs);
      // Chrome lets a timer through each second, or each other second, as its phase is
      expect(Math.min(...runs))
        .withContext(JSON.stringify({ jobs, interval }))
        .toBeGreaterThanOrEqual(SECONDS / 2 - 1);
      expect(Math.max(...runs) - Math.min(...runs)).toBeLessThanOrEqual(1);
      expect(Math.abs(retried - Math.min(...runs))).toBeLessThanOrEqual(1);
    } finally {
      await page.close();
    }
  }, 60_000);
});
