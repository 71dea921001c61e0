// The manual's Quick Start, live: a heartbeat, a cron job and a one-time job for 10 seconds, with a table of their statuses.
// Run it with `npm start`.
import { formatInTimeZone } from 'date-fns-tz';
import type { JobStatus, Statuses } from 'extended-scheduler';
import { Scheduler } from 'extended-scheduler';

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const localTime = (at: number): string => formatInTimeZone(at, zone, 'HH:mm:ss.SSS');

/** Adds the jobs of the Quick Start; `print` gets their messages. */
export function addJobs(scheduler: Scheduler, print: (message: string) => void): void {
  scheduler.addIntervalJob('heartbeat', { seconds: 2 }, (message) => print(`Job executed: ${message}`), { args: ['Hello World!'] });
  scheduler.addCronJob('every 3rd second', '*/3 * * * * *', (run) => print(`cron fired for ${localTime(run.fire.scheduledAt)}`));
  scheduler.addOneTimeJob('reminder', scheduler.clock.now() + 5_000, () => print('five seconds have passed'));
}

/** One line of the table. */
export function row(status: JobStatus): string {
  const next = status.nextRunTime === null ? '-' : localTime(status.nextRunTime);
  const elapsed = `${(status.elapsedTimeMs / 1000).toFixed(1)} s`;
  return `${status.jobId.padEnd(18)}${status.status.padEnd(11)}${String(status.executionCount).padStart(5)}${elapsed.padStart(10)}   ${next}`;
}

/** The whole table. */
export function table(statuses: Statuses): string {
  const head = `${'job'.padEnd(18)}${'status'.padEnd(11)}${'count'.padStart(5)}${'elapsed'.padStart(10)}   next run (${zone})`;
  return [head, ...Object.values(statuses).map(row)].join('\n');
}

async function main(): Promise<void> {
  console.log(`Extended Scheduler on Node ${process.version}: 10 seconds of the Quick Start`);
  const scheduler = new Scheduler();
  const isTerminal = process.stdout.isTTY;
  const messages: string[] = [];
  let drawn = 0;

  const draw = (): void => {
    const lines = table(scheduler.getAllStatuses()).split('\n');
    if (isTerminal) lines.push('', ...messages.slice(-6));
    if (isTerminal && drawn > 0) process.stdout.write(`\u001b[${String(drawn)}A\u001b[0J`);
    process.stdout.write(`${lines.join('\n')}\n${isTerminal ? '' : '\n'}`);
    drawn = lines.length;
  };

  addJobs(scheduler, (message) => {
    messages.push(`${localTime(scheduler.clock.now())}  ${message}`);
    if (!isTerminal) console.log(messages.at(-1));
  });
  draw();
  // the table is printed by a job too
  scheduler.addIntervalJob('table', isTerminal ? 250 : 1000, draw);

  await new Promise((resolve) => setTimeout(resolve, 10_050));
  draw();
  await scheduler.shutdown();
  console.log(`shut down; jobs left: ${String(scheduler.listJobs().length)}`);
}

if (process.argv[1] === import.meta.filename) await main();
