import { AsyncLocalStorage } from 'node:async_hooks';
import type { JobOptions } from 'extended-scheduler';
import { intervalTrigger, oneTimeTrigger, Scheduler } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { Subject } from 'rxjs';
import { until, wait } from '../support/waiting.js';

const tenant = new AsyncLocalStorage<string>();

describe('the async context of a job', () => {
  let scheduler: Scheduler;
  let seen: string[];
  const note = (name: string) => (): void => {
    seen.push(`${name}: ${tenant.getStore() ?? 'none'}`);
  };
  const add = (name: string, job: () => unknown = note(name), options: JobOptions = {}): boolean =>
    scheduler.addJob(name, intervalTrigger(20), job, { maxRuns: 3, ...options });

  beforeEach(() => {
    scheduler = new Scheduler({ logger: false });
    seen = [];
  });

  afterEach(() => scheduler.shutdown());

  it('is that of module load, whatever code armed the shared timer', async () => {
    add('at start-up');
    for (const name of ['acme', 'one', 'two']) {
      tenant.run(name, () => {
        add(name);
        scheduler.addOneTimeJob(`${name}, later`, scheduler.clock.now() + 30, note(`${name}, later`));
      });
      await wait(15);
    }
    await until('all have run', () => seen.length === 15);
    expect(seen.filter((line) => !line.endsWith(': none'))).toEqual([]);
  });

  it('is that of addJob for each run, attempt and subscription, with context: inherit', async () => {
    for (const name of ['one', 'two']) {
      tenant.run(name, () => {
        scheduler.addJob(
          name,
          intervalTrigger(10),
          async ({ attempt }) => {
            note(`call ${name}`)();
            await wait(5);
            note(`await ${name}`)();
            if (attempt < 3) throw new Error('again');
          },
          { context: 'inherit', maxRuns: 2, retry: { count: 3, delayMs: 5 } },
        );
      });
    }
    add('other');
    await until('all are completed', () => Object.values(scheduler.getAllStatuses()).every(({ status }) => status === 'completed'));
    expect(seen.filter((line) => !/(one: one|two: two|other: none)$/.test(line))).toEqual([]);
    expect(seen).toHaveSize(2 * 2 * 3 * 2 + 3);
  });

  it('is kept by a job that inherits it through reschedule and runNow, and may be a default', async () => {
    const inheriting = new Scheduler({ logger: false, defaults: { context: 'inherit' } });
    tenant.run('one', () => inheriting.addJob('a', intervalTrigger(10_000), note('a')));
    tenant.run('two', () => {
      inheriting.runNow('a');
      inheriting.reschedule('a', oneTimeTrigger(inheriting.clock.now()));
    });
    await until('it has run again', () => seen.length === 2);
    expect(seen).toEqual(['a: one', 'a: one']);
    await inheriting.shutdown();
  });

  it('is that of the caller for runNow, at once, after a retry and after waiting in the queue', async () => {
    const blocking = new Subject<void>();
    let attempts = 0;
    scheduler.addJob('plain', intervalTrigger(10_000), note('plain'));
    scheduler.addJob('queued', intervalTrigger(10_000), () => (note('queued')(), blocking), { overlap: 'queue' });
    scheduler.addJob(
      'retried',
      intervalTrigger(10_000),
      () => {
        note('retried')();
        if (attempts++ === 0) throw new Error('again');
      },
      { retry: { count: 1, delayMs: 5 } },
    );
    tenant.run('one', () => ['plain', 'queued', 'retried'].map((jobId) => scheduler.runNow(jobId)));
    tenant.run('two', () => ['plain', 'queued'].map((jobId) => scheduler.runNow(jobId)));
    tenant.run('three', () => blocking.complete());
    await until('all have run', () => seen.length === 6);
    expect(seen.sort()).toEqual(['plain: one', 'plain: two', 'queued: one', 'queued: two', 'retried: one', 'retried: one']);
  });

  it('is not that of the code that ends the run before, resumes the job, opens its gate or reschedules it', async () => {
    const first = new Subject<void>();
    const gate = new Subject<boolean>();
    add('queued', () => (note('queued')(), first), { overlap: 'queue' });
    await until('it runs, and another waits', () => (scheduler.getJobStatus('queued')?.queuedFires ?? 0) === 2);
    tenant.run('ends', () => first.complete());
    for (const overlap of ['queue', 'replace', 'latest', 'allow'] as const) {
      // a listener pauses it in its fire, so that the fire waits
      let paused = false;
      scheduler.events$.subscribe((event) => {
        if (event.jobId !== overlap || event.type !== 'fired' || paused) return;
        paused = true;
        tenant.run('pauses', () => scheduler.pauseJob(overlap));
      });
      add(overlap, note(overlap), { overlap, maxRuns: 1 });
      await until('it waits', () => (scheduler.getJobStatus(overlap)?.queuedFires ?? 0) === 1);
      tenant.run('resumes', () => scheduler.resumeJob(overlap));
    }
    add('gated', note('gated'), { when: gate, maxRuns: 1 });
    tenant.run('opens', () => gate.next(true));
    scheduler.addJob('moved', intervalTrigger(10, { startTime: scheduler.clock.now() }), note('moved'), { maxRuns: 1 });
    for (const end = Date.now() + 30; Date.now() < end;); // it is due, and has not been called
    tenant.run('reschedules', () => scheduler.reschedule('moved', intervalTrigger(10)));
    await until('all have run', () => seen.length >= 9);
    expect(seen.filter((line) => !line.endsWith(': none'))).toEqual([]);
  });

  it('is that of the code that advances a virtual clock, or that emits if the trigger is an Observable', async () => {
    const clock = new VirtualClock(0);
    const virtual = new Scheduler({ clock, logger: false });
    virtual.addJob('virtual', intervalTrigger(10), note('virtual'), { maxRuns: 1 });
    tenant.run('test', () => {
      clock.advanceBySync(10);
    });
    const source = new Subject<number>();
    scheduler.addJob('emitted', source, note('emitted'));
    tenant.run('emitter', () => {
      source.next(1);
    });
    expect(seen).toEqual(['virtual: test', 'emitted: emitter']);
    await virtual.shutdown();
  });
});
