// The manual's Example 1: collect data from two sources, process it every hour, clean up old files at night.
// Run it with `node --import tsx --conditions extended-scheduler:source docs/examples/data-collection.ts`.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { formatInTimeZone } from 'date-fns-tz';
import type { DurationLike, JobRun } from 'extended-scheduler';
import { Scheduler } from 'extended-scheduler';

/** The input and the output of the pipeline. */
export interface Pipeline {
  readonly baseUrl: string;
  readonly folder: string;
  /**
   * How often data is collected.
   *
   * @default every 5 minutes, as in the manual
   */
  readonly every?: DurationLike;
}

const SEVEN_DAYS_MS = 7 * 86_400_000;

/** Adds the jobs of the pipeline. */
export function addPipeline(scheduler: Scheduler, { baseUrl, folder, every = { minutes: 5 } }: Pipeline): void {
  const collect = async (source: string, { signal, fire }: JobRun): Promise<string> => {
    // removing the job aborts the request
    const response = await fetch(`${baseUrl}/${source}`, { signal });
    if (!response.ok) throw new Error(`${source} answered ${String(response.status)}`);
    const file = `data_${source}_${formatInTimeZone(fire.scheduledAt, 'UTC', 'yyyyMMdd_HHmmss')}.json`;
    await writeFile(path.join(folder, file), await response.text());
    return file;
  };
  scheduler.addIntervalJob('collect_api1', every, (run) => collect('api1', run));
  scheduler.addIntervalJob('collect_api2', every, (run) => collect('api2', run));

  scheduler.addCronJob('process', '0 * * * *', async () => {
    const files = await readdir(folder);
    const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
    return texts.reduce((sum, text) => sum + (JSON.parse(text) as { value: number }).value, 0);
  });

  scheduler.addCronJob('cleanup', '0 2 * * *', async () => {
    const oldest = scheduler.clock.now() - SEVEN_DAYS_MS;
    for (const file of await readdir(folder)) {
      const { mtimeMs } = await stat(path.join(folder, file));
      if (mtimeMs < oldest) await rm(path.join(folder, file));
    }
  });
}

/** A local server instead of api.example.com. It counts its responses. */
export async function startServer(): Promise<{ readonly server: Server; readonly baseUrl: string }> {
  let value = 0;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ source: request.url, value: ++value }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, baseUrl: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

async function main(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'collected-'));
  const { server, baseUrl } = await startServer();
  await using scheduler = new Scheduler();
  scheduler.values$<string>('collect_api1').subscribe((file) => console.log(`Data collected: ${file}`));
  addPipeline(scheduler, { baseUrl, folder, every: { seconds: 1 } });
  await new Promise((resolve) => setTimeout(resolve, 5_500));
  console.log(`${String((await readdir(folder)).length)} files in ${folder}`);
  await scheduler.shutdown();
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
}

if (process.argv[1] === import.meta.filename) await main();
