import { oneTimeTrigger, Scheduler } from 'extended-scheduler';
import { until, wait } from '../support/waiting.js';

function block(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

describe('in real time', () => {
  it('fires are never early, and an interval does not drift under work that blocks', async () => {
    const scheduler = new Scheduler();
    const lateness: number[] = [];
    const due: number[] = [];
    scheduler.addIntervalJob('tick', 20, (run) => {
      lateness.push(Date.now() - run.fire.scheduledAt);
      due.push(run.fire.scheduledAt);
      block(6);
    });
    await until('it has run 15 times', () => due.length >= 15);
    await scheduler.shutdown();
    for (const at of due) expect((at - (due[0] ?? NaN)) % 20).toBe(0);
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

  it('emits one fire with a missedCount for what a blocked event loop missed', async () => {
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
    scheduler.addIntervalJob('tick', 400, () => runs++);
    await wait(10);
    scheduler.pauseJob('tick');
    const elapsed = scheduler.getJobStatus('tick')?.elapsedTimeMs ?? NaN;
    await wait(600);
    expect(runs).toBe(0);
    expect(scheduler.getJobStatus('tick')?.elapsedTimeMs).toBe(elapsed);
    const resumedAt = Date.now();
    scheduler.resumeJob('tick');
    await until('it has run', () => runs > 0);
    expect(Date.now() - resumedAt).toBeGreaterThanOrEqual(400 - Math.ceil(elapsed) - 1);
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
