// Run in a hidden page by a spec: jobs whose work does not fit into one slice of 10 ms, beside timers of the browser.
import { Scheduler } from 'extended-scheduler';

const seen = { jobs: {} as Record<string, number>, chained: 0, interval: 0, retried: 0 };
Object.assign(globalThis, { seen });

function work(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

const scheduler = new Scheduler({ logger: false });
function add(jobId: string, busyMs: number): void {
  seen.jobs[jobId] = 0;
  scheduler.addIntervalJob(jobId, 1000, () => {
    work(busyMs);
    seen.jobs[jobId] = (seen.jobs[jobId] ?? 0) + 1;
  });
}

add('busy', 12);
for (let job = 0; job < 20; job++) add(`small ${String(job)}`, 2);

// a retry without a delay is due at once: it must not wait for the next throttled wake-up
scheduler.addIntervalJob(
  'retried',
  1000,
  ({ attempt }) => {
    if (attempt < 20) throw new Error('not yet');
    seen.retried++;
  },
  { retry: 20 },
);

const chain = (): void => {
  seen.chained++;
  setTimeout(chain, 0);
};
chain();
setInterval(() => seen.interval++, 1000);
