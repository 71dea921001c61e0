import { Scheduler } from 'extended-scheduler';
import { wait } from '../support/waiting.js';

const JOBS = 100_000;
/** The machine has other things to do as well: the best of some rounds tells what the scheduler takes. */
const ROUNDS = 6;
const LONGEST_GAP_MS = 25;

/** How long a timer of 1 ms had to wait at most, in each of some rounds of a second. */
async function gaps(rounds: number): Promise<number[]> {
  const longest: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const end = performance.now() + 1000;
    let most = 0;
    for (let last = performance.now(); last < end;) {
      await wait(1);
      const now = performance.now();
      most = Math.max(most, now - last - 1);
      last = now;
    }
    longest.push(most);
  }
  return longest;
}

describe('100,000 jobs', () => {
  let scheduler: Scheduler;
  let runs: number;

  beforeEach(() => {
    scheduler = new Scheduler({ logger: false });
    runs = 0;
  });

  afterEach(() => scheduler.shutdown());

  it('that are due in the same millisecond all run, and the event loop breathes', async () => {
    const startTime = Date.now() + 3000;
    for (let job = 0; job < JOBS; job++) scheduler.addIntervalJob(String(job), 1000, () => runs++, { startTime });
    await wait(startTime - Date.now() - 100);
    const longest = await gaps(ROUNDS);
    expect(Math.min(...longest))
      .withContext(longest.join(' '))
      .toBeLessThan(LONGEST_GAP_MS);
    expect(runs).toBeGreaterThanOrEqual(JOBS * (ROUNDS - 1));
    const statuses = Object.values(scheduler.getAllStatuses());
    expect(statuses.every(({ fireCount, outcomes, activeRuns }) => fireCount === outcomes.succeeded && activeRuns === 0)).toBeTrue();
  }, 30_000);

  it('may be watched through statuses$ while they fire', async () => {
    for (let job = 0; job < JOBS; job++) scheduler.addIntervalJob(String(job), 1000, () => runs++);
    let pictures = 0;
    let size = 0;
    scheduler.statuses$.subscribe((statuses) => {
      pictures++;
      size ||= Object.keys(statuses).length;
    });
    await wait(1500);
    const longest = await gaps(ROUNDS);
    expect(Math.min(...longest))
      .withContext(longest.join(' '))
      .toBeLessThan(LONGEST_GAP_MS);
    expect(size).toBe(JOBS);
    expect(pictures).toBeGreaterThan(ROUNDS);
    expect(runs).toBeGreaterThanOrEqual(JOBS * (ROUNDS - 1));
  }, 30_000);
});
