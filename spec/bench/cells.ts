// The measurements. Each runs in a process, or a page, of its own and gives plain numbers.
import { Scheduler } from 'extended-scheduler';
import { simulate, VirtualClock } from 'extended-scheduler/testing';
import type { Subject } from './subjects.js';
import { ZONE } from './subjects.js';

const START = Date.UTC(2026, 0);
const MINUTES_OF_A_YEAR = 365 * 1440;

/** What a cell can ask of the place where it runs. */
export interface Host {
  /** CPU time that this process has used, in ms; NaN if the host does not report it. */
  cpuMs(): number;
  /** Bytes of live heap, after a collection; NaN if the host does not report it. */
  heapBytes(): number;
}

export type Figures = Readonly<Record<string, number>>;
export type Cell = (subject: Subject, size: number, host: Host, quick: boolean) => Promise<Figures> | Figures;

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const ids = (size: number): string[] => Array.from({ length: size }, (_, index) => `job-${String(index)}`);
const nothing = (): void => undefined;

function part(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** The longest time in which the event loop did not get round to a timer of 1 ms. */
function watchLoop(): () => number {
  let last = performance.now();
  let longest = 0;
  const id = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  return () => {
    clearInterval(id);
    return longest;
  };
}

/** Adds the jobs one after the other over a second, so that their fires are spread over it. */
function addSpread(subject: Subject, size: number, job: (index: number, startedAt: number) => () => void): void {
  const start = Date.now();
  ids(size).forEach((id, index) => {
    while (Date.now() < start + Math.floor((index * 1000) / size));
    const startedAt = Date.now();
    if (subject.every === undefined) subject.everySecond?.(id, job(index, startedAt));
    else subject.every(id, 1000, job(index, startedAt));
  });
}

/** Lets the compiler have its fill first: what is measured is a process that has run for a while, not its start. */
async function warmUp(subject: Subject): Promise<void> {
  if (subject.every === undefined || subject.stop === undefined) return;
  const warm = ids(200).map((id) => `warm-${id}`);
  for (const id of warm) subject.every(id, 5, nothing);
  await wait(1500);
  for (const id of warm) subject.stop(id);
}

/** CPU time a fire costs with `size` jobs a second that do nothing. */
async function firing(subject: Subject, size: number, host: Host, quick: boolean): Promise<Figures> {
  let fires = 0;
  await warmUp(subject);
  addSpread(subject, size, () => () => {
    fires++;
  });
  return measureFires(size, () => fires, host, quick);
}

async function measureFires(size: number, fires: () => number, host: Host, quick: boolean): Promise<Figures> {
  const seconds = quick ? 2 : 6;
  await wait(quick ? 1500 : 3000);
  const cpu = host.cpuMs();
  const before = fires();
  await wait(seconds * 1000);
  const count = fires() - before;
  return { cpuUsPerFire: ((host.cpuMs() - cpu) / count) * 1000, lostPercent: Math.max(0, 100 - (count / (size * seconds)) * 100) };
}

/** How late fires come, and how long the event loop is held up. */
async function lateness(subject: Subject, size: number, _host: Host, quick: boolean): Promise<Figures> {
  const late: number[] = [];
  let watching = false;
  let fires = 0;
  addSpread(subject, size, (_index, startedAt) => {
    let due = startedAt;
    return () => {
      due += 1000;
      if (!watching) return;
      fires++;
      late.push(Date.now() - due);
    };
  });
  const seconds = quick ? 2 : 5;
  await wait(1500);
  watching = true;
  const gap = watchLoop();
  await wait(seconds * 1000);
  watching = false;
  late.sort((a, b) => a - b);
  return {
    p50Ms: part(late, 0.5),
    p99Ms: part(late, 0.99),
    longestGapMs: gap(),
    lostPercent: Math.max(0, 100 - (fires / (size * seconds)) * 100),
  };
}

/** All jobs due in the same millisecond, again and again. */
async function together(_subject: Subject, size: number, _host: Host, quick: boolean): Promise<Figures> {
  const late: number[] = [];
  let first = NaN;
  const start = Date.now() + 3000;
  const scheduler = new Scheduler();
  for (const id of ids(size)) {
    scheduler.addIntervalJob(
      id,
      1000,
      ({ fire }) => {
        if (Number.isNaN(first)) first = fire.scheduledAt;
        late.push(Date.now() - fire.scheduledAt);
      },
      { startTime: start },
    );
  }
  await wait(2000);
  const gap = watchLoop();
  await wait(quick ? 3000 : 6000);
  late.sort((a, b) => a - b);
  return { p99Ms: part(late, 0.99), longestGapMs: gap(), fires: late.length };
}

/** Cron jobs that are due each second, in New York. */
async function cronEachSecond(subject: Subject, size: number, host: Host, quick: boolean): Promise<Figures> {
  let fires = 0;
  for (const id of ids(size)) {
    subject.cron?.(id, '* * * * * *', () => {
      fires++;
    });
  }
  return measureFires(size, () => fires, host, quick);
}

/** Adding, removing and holding jobs that wait. */
function holding(subject: Subject, size: number, host: Host): Figures {
  const all = ids(size);
  const addAll = (): number => {
    const start = performance.now();
    for (const id of all) {
      if (subject.every === undefined) subject.cron?.(id, '0 9 * * *', nothing);
      else subject.every(id, 600_000, nothing);
    }
    return ((performance.now() - start) / size) * 1000;
  };
  const removeAll = (): number => {
    const start = performance.now();
    for (const id of all) subject.stop?.(id);
    return ((performance.now() - start) / size) * 1000;
  };
  addAll(); // warm
  removeAll();
  const before = host.heapBytes();
  const addUs = addAll();
  const heapBytesPerJob = (host.heapBytes() - before) / size;
  return { addUs, removeUs: removeAll(), heapBytesPerJob };
}

/** Adding cron jobs of one expression, and of ever new ones, in New York. */
function addingCron(subject: Subject, size: number): Figures {
  const time = (expression: (index: number) => string, prefix: string): number => {
    const start = performance.now();
    ids(size).forEach((id, index) => subject.cron?.(`${prefix}${id}`, expression(index), nothing));
    return ((performance.now() - start) / size) * 1000;
  };
  time((index) => `${String(index % 60)} 9 * * *`, 'warm');
  return {
    knownUs: time(() => '30 9 * * *', 'known'),
    newUs: time(
      (index) => `${String(index % 60)} ${String(Math.floor(index / 60) % 24)} ${String(1 + (Math.floor(index / 1440) % 28))} * 1-5`,
      'new',
    ),
  };
}

/** What an interval of jobs costs that only wait. */
async function idle(subject: Subject, size: number, host: Host, quick: boolean): Promise<Figures> {
  for (const id of ids(size)) subject.every?.(id, 3_600_000, nothing);
  await wait(1000);
  const cpu = host.cpuMs();
  const seconds = quick ? 3 : 10;
  await wait(seconds * 1000);
  return { cpuMsPerSecond: (host.cpuMs() - cpu) / seconds };
}

/** Commands and questions to a scheduler with many jobs, in the order of adding. */
function control(_subject: Subject, size: number): Figures {
  const all = ids(size);
  const perSecond = (command: (scheduler: Scheduler, id: string) => unknown, scheduler: Scheduler): number => {
    const start = performance.now();
    for (const id of all) command(scheduler, id);
    return (size / (performance.now() - start)) * 1000;
  };
  const round = (): Figures => {
    const scheduler = new Scheduler();
    for (const id of all) scheduler.addIntervalJob(id, 600_000, nothing);
    const pausePerSecond = perSecond((one, id) => one.pauseJob(id), scheduler);
    const resumePerSecond = perSecond((one, id) => one.resumeJob(id), scheduler);
    const statusPerSecond = perSecond((one, id) => one.getJobStatus(id), scheduler);
    const start = performance.now();
    scheduler.getAllStatuses();
    const allStatusesMs = performance.now() - start;
    return {
      pausePerSecond,
      resumePerSecond,
      statusPerSecond,
      allStatusesMs,
      removePerSecond: perSecond((one, id) => one.removeJob(id), scheduler),
    };
  };
  round(); // warm
  return round();
}

/** What `statuses$` costs while all jobs fire each second: CPU with and without a listener, and the longest gap. */
async function statuses(_subject: Subject, size: number, host: Host, quick: boolean): Promise<Figures> {
  const scheduler = new Scheduler();
  addSpread({ every: (id, periodMs, job) => scheduler.addIntervalJob(id, periodMs, job) }, size, () => nothing);
  const seconds = quick ? 2 : 5;
  const share = async (): Promise<number> => {
    await wait(1500);
    const cpu = host.cpuMs();
    await wait(seconds * 1000);
    return ((host.cpuMs() - cpu) / seconds / 1000) * 100;
  };
  const without = await share();
  let pictures = 0;
  scheduler.statuses$.subscribe(() => pictures++);
  await wait(500);
  const gap = watchLoop();
  const withListener = await share();
  return { cpuPercentWithout: without, cpuPercentWith: withListener, longestGapMs: gap(), picturesPerSecond: pictures / (seconds + 2) };
}

function block(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

/** A period of 20 ms whose work takes 6: by how much the last fire is off the grid. */
async function drift(subject: Subject, _size: number, _host: Host, quick: boolean): Promise<Figures> {
  const start = Date.now();
  let fires = 0;
  let last = start;
  subject.every?.('job', 20, () => {
    fires++;
    last = Date.now();
    block(6);
  });
  await wait(quick ? 2000 : 10_000);
  return { fires, offGridMs: last - start - fires * 20 };
}

/** A period of 100 ms while bursts of 30 ms block the event loop: what is lost, and by how much the last fire is off. */
async function bursts(subject: Subject, _size: number, _host: Host, quick: boolean): Promise<Figures> {
  const start = Date.now();
  const end = start + (quick ? 5000 : 30_000);
  let fires = 0;
  let last = start;
  subject.every?.('job', 100, () => {
    fires++;
    last = Date.now();
  });
  while (Date.now() < end) {
    block(30);
    await wait(1);
  }
  const due = Math.floor((end - start) / 100);
  return { lostPercent: Math.max(0, 100 - (fires / due) * 100), offGridMs: last - start - fires * 100 };
}

/** Jobs of ever different periods: each fire wants a wake-up of its own. */
async function distinct(subject: Subject, size: number, host: Host, quick: boolean): Promise<Figures> {
  let fires = 0;
  await warmUp(subject);
  ids(size).forEach((id, index) => {
    subject.every?.(id, 700 + index, () => {
      fires++;
    });
  });
  const { cpuUsPerFire = NaN } = await measureFires(1, () => fires, host, quick);
  return { cpuUsPerFire };
}

/** A year of a job each minute in virtual time, without promises. */
function virtualYear(): Figures {
  const year = (add: (scheduler: Scheduler, job: () => void) => void): number => {
    const clock = new VirtualClock(START);
    const scheduler = new Scheduler({ clock });
    let runs = 0;
    add(scheduler, () => runs++);
    const start = performance.now();
    clock.advanceBySync({ days: 365 });
    const ms = performance.now() - start;
    if (runs !== MINUTES_OF_A_YEAR) throw new Error(`${String(runs)} runs in a year`);
    return ms;
  };
  return {
    intervalMs: year((scheduler, job) => scheduler.addIntervalJob('minutely', { minutes: 1 }, job)),
    cronMs: year((scheduler, job) => scheduler.addCronJob('minutely', '* * * * *', job, { timezone: ZONE })),
  };
}

/** A year of a job each minute with `simulate`. */
async function simulatedYear(): Promise<Figures> {
  const add = (scheduler: Scheduler): unknown => scheduler.addIntervalJob('minutely', { minutes: 1 }, nothing);
  const options = { from: START, to: START + 365 * 86_400_000, keepEvents: false } as const;
  const check = (fires: number | undefined): void => {
    if (fires !== MINUTES_OF_A_YEAR) throw new Error(`${String(fires)} fires in a year`);
  };
  let start = performance.now();
  check(simulate(add, { ...options, promises: false }).jobs.get('minutely')?.fires);
  const syncYearMs = performance.now() - start;
  start = performance.now();
  check((await simulate(add, options)).jobs.get('minutely')?.fires);
  const promisesYearMs = performance.now() - start;
  return { syncYearMs, promisesYearMs, promisesUsPerFire: (promisesYearMs * 1000) / MINUTES_OF_A_YEAR };
}

/** The coming runs of a cron job. */
function coming(): Figures {
  const scheduler = new Scheduler({ clock: new VirtualClock(START) });
  scheduler.addCronJob('cron', '*/7 9-17 * * MON-FRI', nothing, { timezone: ZONE });
  for (let round = 0; round < 200; round++) scheduler.nextRunTimes('cron', { count: 1000 });
  const start = performance.now();
  for (let round = 0; round < 50; round++)
    if (scheduler.nextRunTimes('cron', { count: 1000 }).length !== 1000) throw new Error('not 1,000 coming runs');
  return { comingMs: (performance.now() - start) / 50 };
}

/** What tests of schedules cost: promises settle between all timers. */
async function virtualTests(_subject: Subject, _size: number, _host: Host, quick: boolean): Promise<Figures> {
  const clock = new VirtualClock(START);
  const scheduler = new Scheduler({ clock, logger: false });
  scheduler.addIntervalJob('minutely', { minutes: 1 }, async () => Promise.resolve());
  let start = performance.now();
  await clock.advanceBy({ days: 365 });
  const asyncYearMs = performance.now() - start;
  if (scheduler.getJobStatus('minutely')?.outcomes.succeeded !== MINUTES_OF_A_YEAR) throw new Error('not every run of the year succeeded');

  const many = new VirtualClock(START);
  const crowd = new Scheduler({ clock: many });
  for (const id of ids(10_000)) crowd.addIntervalJob(id, 10_000, nothing);
  start = performance.now();
  await many.advanceBy(quick ? { minutes: 10 } : { hours: 1 });
  const hourUsPerFire = ((performance.now() - start) * 1000) / (10_000 * (quick ? 60 : 360));

  start = performance.now();
  const { jobs } = await simulate(
    (plan) => {
      ids(50).forEach((id, index) =>
        plan.addCronJob(id, `${String(index)} */${String(1 + (index % 12))} * * *`, nothing, { timezone: ZONE }),
      );
    },
    { from: START, to: START + 365 * 86_400_000 },
  );
  const fires = [...jobs.values()].reduce((sum, job) => sum + job.fires, 0);
  return { asyncYearMs, hourUsPerFire, fiftyCronJobsYearMs: performance.now() - start, fires };
}

export const cells: Readonly<Record<string, Cell>> = {
  firing,
  lateness,
  together,
  cronEachSecond,
  holding,
  addingCron,
  idle,
  control,
  statuses,
  drift,
  bursts,
  distinct,
  listening: firing,
  coming,
  simulatedYear,
  virtualYear,
  virtualTests,
};
