// Run by a spec in a process of its own, as zone.js patches the whole of it: prints what happened in fakeAsync as JSON.
import 'zone.js';
import 'zone.js/plugins/long-stack-trace-zone';
import 'zone.js/plugins/proxy';
import 'zone.js/plugins/sync-test';
import 'zone.js/plugins/async-test';
import 'zone.js/plugins/fake-async-test';
import { Scheduler } from 'extended-scheduler';

/** What of zone.js is used here; Angular's fakeAsync and tick are these. */
interface ZoneTesting {
  readonly current: { fork(spec: unknown): { run<T>(work: () => T): T } };
  readonly ProxyZoneSpec: new () => unknown;
  __symbol__(name: string): string;
}
interface FakeAsync {
  fakeAsync(work: () => void): () => void;
  tick(ms: number): void;
  flushMicrotasks(): void;
}

const { Zone } = globalThis as unknown as { Zone: ZoneTesting & Readonly<Record<string, FakeAsync | undefined>> };
const testing = Zone[Zone.__symbol__('fakeAsyncTest')];
if (testing === undefined) throw new Error('zone.js has no fakeAsync');
const told: Record<string, unknown> = {};

const real = new Scheduler({ logger: false });
let realRuns = 0;
real.addIntervalJob('real', 20, () => realRuns++);

Zone.current.fork(new Zone.ProxyZoneSpec()).run(
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
await new Promise((resolve) => setTimeout(resolve, 200));
told.realAfter = realRuns > 3;
await real.shutdown();
console.log(JSON.stringify(told));
