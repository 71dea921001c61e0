import { spawn } from 'node:child_process';

/** Runs a program with the library. @returns how long it lived, or that it had to be killed. */
function lifetime(code: string): Promise<number | 'killed'> {
  const start = Date.now();
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions', 'extended-scheduler:source', '--input-type=module', '-e', code],
    { stdio: 'ignore' },
  );
  const timer = setTimeout(() => child.kill('SIGKILL'), 6000);
  return new Promise((resolve) => {
    child.on('exit', (exitCode) => {
      clearTimeout(timer);
      resolve(exitCode === 0 ? Date.now() - start : 'killed');
    });
  });
}

describe('keepAlive', () => {
  const program = (options: string): string => `
    import { Scheduler } from 'extended-scheduler';
    const scheduler = new Scheduler(${options});
    scheduler.addIntervalJob('a', 60_000, () => undefined);
  `;

  it('lets a Node process end with false, and keeps it alive by default', async () => {
    const [weak, strong] = await Promise.all([lifetime(program('{ keepAlive: false }')), lifetime(program(''))]);
    expect(weak).not.toBe('killed');
    expect(strong).toBe('killed');
  }, 15_000);

  it('lets it end even while statuses$ has a listener', async () => {
    const watched = await lifetime(`
      import { Scheduler } from 'extended-scheduler';
      const scheduler = new Scheduler({ keepAlive: false });
      for (let job = 0; job < 4500; job++) scheduler.addIntervalJob(String(job), 20 + job, () => undefined);
      scheduler.statuses$.subscribe(() => undefined);
    `);
    expect(watched).not.toBe('killed');
  }, 15_000);

  it('applies to waiting jobs: an active run ends first, with its retries and its timeout', async () => {
    const ran = await lifetime(`
      import { Scheduler } from 'extended-scheduler';
      const scheduler = new Scheduler({ keepAlive: false, logger: false });
      let attempts = 0;
      const hang = () => {
        attempts++;
        return new Promise(() => undefined);
      };
      scheduler.addIntervalJob('a', 60_000, hang, { timeout: 100, retry: { count: 2, delayMs: 100 } });
      scheduler.runNow('a');
      process.on('exit', () => {
        process.exitCode = attempts === 3 ? 0 : 1;
      });
    `);
    expect(ran).not.toBe('killed');
  }, 15_000);
});
