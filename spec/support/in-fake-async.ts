// Run by a spec in a process of its own: prints what happened in fakeAsync as JSON.
import { Scheduler } from 'extended-scheduler';
import { wait } from './waiting.js';
import { fakeAsyncTesting, inProxyZone } from './zone-testing.js';

const testing = fakeAsyncTesting();
const told: Record<string, unknown> = {};

const real = new Scheduler({ logger: false });
let realRuns = 0;
real.addIntervalJob('real', 20, () => realRuns++);

inProxyZone(
  testing.fakeAsync(() => {
    const scheduler = new Scheduler({ logger: false });
    scheduler.addIntervalJob('async', 1000, () => Promise.resolve(1)); // a native async function leaves the zone: Angular's build lowers it
    scheduler.addCronJob('cron', '* * * * *', () => 1);
    for (let second = 0; second < 120; second++) {
      testing.tick(1000);
      testing.flushMicrotasks();
    }
    told.async = scheduler.getJobStatus('async')?.outcomes.succeeded;
    told.cron = scheduler.getJobStatus('cron')?.executionCount;
    told.realInside = realRuns;
    void scheduler.shutdown();
    testing.flushMicrotasks();
  }),
);
inProxyZone(
  testing.fakeAsync(() => {
    const scheduler = new Scheduler({ logger: false });
    const start = scheduler.clock.now();
    const flushed: number[] = [];
    for (const ms of [300_000, 36_000_000]) scheduler.addOneTimeJob(String(ms), start + ms, () => flushed.push(Date.now() - start));
    testing.flush();
    told.flushed = flushed;
    void scheduler.shutdown();
    testing.flushMicrotasks();
  }),
);
await wait(200);
told.realAfter = realRuns > 3;
await real.shutdown();
console.log(JSON.stringify(told));
