import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { addPipeline, startServer } from '../../docs/examples/data-collection.js';
import { addJobs, row, table } from '../../docs/examples/quick-start.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';
import { wait } from '../support/waiting.js';

describe('the example in Node', () => {
  it('quick start runs its jobs and shows their statuses', () => {
    const { scheduler, clock } = harness();
    const messages: string[] = [];
    addJobs(scheduler, (message) => messages.push(message));
    clock.advanceBySync(10_000);
    expect(messages.filter((message) => message === 'Job executed: Hello World!').length).toBe(5);
    expect(messages.filter((message) => message.startsWith('cron fired')).length).toBe(3);
    expect(messages).toContain('five seconds have passed');
    const status = scheduler.getJobStatus('heartbeat');
    expect(status && row(status)).toMatch(/^heartbeat +running +5 +10\.0 s {3}\d\d:\d\d:12\.000$/);
    expect(table(scheduler.getAllStatuses()).split('\n').length).toBe(4);
  });

  it('data collection fetches, writes, processes and cleans up for 26 hours of virtual time', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'collected-'));
    const { server, baseUrl } = await startServer();
    const old = path.join(folder, 'data_old.json');
    await writeFile(old, '{"value":0}');
    await utimes(old, (NEW_YEAR - 8 * 86_400_000) / 1000, (NEW_YEAR - 8 * 86_400_000) / 1000);
    const { scheduler, clock } = harness();
    const sums: number[] = [];
    scheduler.values$<number>('process').subscribe((sum) => sums.push(sum));
    addPipeline(scheduler, { baseUrl, folder });
    const isIdle = (): boolean => Object.values(scheduler.getAllStatuses()).every((status) => status.activeRuns === 0);
    for (let step = 0; step < 26 * 12; step++) {
      clock.advanceBySync(5 * 60_000);
      while (!isIdle()) await wait(1);
    }
    const files = await readdir(folder);
    expect(files.length).toBe(2 * 26 * 12);
    expect(files).toContain('data_api1_20260101_000500.json');
    expect(files).not.toContain('data_old.json');
    expect(sums.length).toBe(26);
    const failed = Object.values(scheduler.getAllStatuses()).map((status) => status.outcomes.failed);
    expect(failed).toEqual([0, 0, 0, 0]);
    await scheduler.shutdown();
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  }, 60_000);
});
