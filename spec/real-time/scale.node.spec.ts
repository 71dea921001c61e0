import { Scheduler } from 'extended-scheduler';
import { wait } from '../support/waiting.js';

const JOBS = 100_000;
const ROUNDS = 3;
/** Maximum number of runs between two turns of the event loop: all at once would be all jobs. How long a turn lasts is a benchmark. */
const MOST_RUNS_A_TURN = JOBS / 2;

/** The most runs that came between two ticks of a timer of 1 ms, in some rounds of a second. */
async function mostRunsATurn(rounds: number, runs: () => number): Promise<number> {
  const end = performance.now() + rounds * 1000;
  let most = 0;
  for (let last = runs(); performance.now() < end;) {
    await wait(1);
    most = Math.max(most, runs() - last);
    last = runs();
  }
  return most;
}

describe('100,000 jobs', () => {
  let scheduler: Scheduler;
  let runs: number;

  beforeEach(() => {
    scheduler = new Scheduler({ logger: false });
    runs = 0;
  });

  afterEach(() => scheduler.shutdown());

  it('that are due in the same millisecond all run, and the event loop gets its turns', async () => {
    const startTime = Date.now() + 3000;
    for (let job = 0; job < JOBS; job++) scheduler.addIntervalJob(String(job), 1000, () => runs++, { startTime });
    await wait(startTime - Date.now() - 100);
    expect(await mostRunsATurn(ROUNDS, () => runs)).toBeLessThan(MOST_RUNS_A_TURN);
    expect(runs).toBeGreaterThanOrEqual(JOBS * (ROUNDS - 1));
    const statuses = Object.values(scheduler.getAllStatuses());
    expect(statuses.every(({ fireCount, outcomes, activeRuns }) => fireCount === outcomes.succeeded && activeRuns === 0)).toBeTrue();
  }, 30_000);

  it('may have a listener of statuses$ while they fire', async () => {
    for (let job = 0; job < JOBS; job++) scheduler.addIntervalJob(String(job), 1000, () => runs++);
    let pictures = 0;
    let size = 0;
    scheduler.statuses$.subscribe((statuses) => {
      pictures++;
      size ||= Object.keys(statuses).length;
    });
    await wait(1500);
    expect(await mostRunsATurn(ROUNDS, () => runs)).toBeLessThan(MOST_RUNS_A_TURN);
    expect(size).toBe(JOBS);
    expect(pictures).toBeGreaterThan(ROUNDS);
    expect(runs).toBeGreaterThanOrEqual(JOBS * (ROUNDS - 1));
  }, 30_000);
});
