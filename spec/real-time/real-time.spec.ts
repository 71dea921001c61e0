import { Scheduler, oneTimeTrigger } from 'extended-scheduler';

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function block(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

describe('in real time', () => {
  it('fires are never early, and an interval does not drift under work that blocks', async () => {
    const scheduler = new Scheduler();
    const lateness: number[] = [];
    const start = Date.now();
    scheduler.addIntervalJob('tick', 20, (run) => {
      lateness.push(Date.now() - run.fire.scheduledAt);
      expect((run.fire.scheduledAt - start) % 20).toBeLessThan(3); // the grid begins at the call, which may take a ms or two
      block(6);
    });
    await wait(500);
    await scheduler.shutdown();
    expect(lateness.length).toBeGreaterThan(15);
    expect(Math.min(...lateness)).toBeGreaterThanOrEqual(0);
  });

  it('delays beyond what setTimeout can hold do not fire at once', async () => {
    let fires = 0;
    const subscriptions = [2 ** 31 - 1, 2 ** 31, 2 ** 31 + 1, 40 * 86_400_000].map((delay) =>
      oneTimeTrigger(Date.now() + delay).subscribe(() => fires++),
    );
    await wait(300);
    expect(fires).toBe(0);
    for (const subscription of subscriptions) subscription.unsubscribe();
  });

  it('what a blocked event loop missed is one fire that tells how many there were', async () => {
    const scheduler = new Scheduler();
    const missed: number[] = [];
    scheduler.addIntervalJob('tick', 10, (run) => missed.push(run.fire.missedCount));
    await wait(25);
    block(100);
    await wait(30);
    await scheduler.shutdown();
    expect(Math.max(...missed)).toBeGreaterThanOrEqual(8);
  });

  it('a pause freezes real time too', async () => {
    const scheduler = new Scheduler();
    let runs = 0;
    scheduler.addOneTimeJob('unrelated', Date.now() + 60_000, () => undefined);
    scheduler.addIntervalJob('tick', 40, () => runs++);
    await wait(10);
    scheduler.pauseJob('tick');
    await wait(100);
    expect(runs).toBe(0);
    const elapsed = scheduler.getJobStatus('tick')?.elapsedTimeMs ?? NaN;
    expect(elapsed).toBeLessThan(40);
    scheduler.resumeJob('tick');
    await wait(60);
    expect(runs).toBe(1);
    await scheduler.shutdown();
  });

  it('other timers of the process get their turn while many jobs are due at once', async () => {
    const scheduler = new Scheduler({ logger: false });
    const at = Date.now() + 50;
    let runs = 0;
    for (let job = 0; job < 20_000; job++) scheduler.addOneTimeJob(String(job), at, () => runs++);
    await wait(Math.max(0, at - Date.now()));
    const gaps: number[] = [];
    for (let last = Date.now(); runs < 20_000 && gaps.length < 5000; last = Date.now()) {
      await wait(1);
      gaps.push(Date.now() - last);
    }
    expect(runs).toBe(20_000);
    expect(gaps.length).toBeGreaterThan(1);
    await scheduler.shutdown();
  });
});
