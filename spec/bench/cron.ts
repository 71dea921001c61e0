// How fast the next fire of a cron expression is found, beside other packages, in one run: `npm run bench:cron`.
// Times of a shared machine say little; the ratios to this package do.
import { CronTime } from 'cron';
import { CronExpressionParser } from 'cron-parser';
import { parseCronExpression } from 'cron-schedule';
import { Cron } from 'croner';
import { createTask } from 'node-cron';
import { cronTimetable, newCronTimetable } from '../../src/cron/cron-timetable.js';
import { parseCron } from '../../src/cron/parse.js';

const START = Date.UTC(2026, 0);
const expressions = [
  '* * * * *',
  '*/5 * * * *',
  '0 9 * * MON-FRI',
  '0 2 * * *',
  '*/30 9-16 * * MON-FRI',
  '0 0 1 * *',
  '15 10 L * *',
  '0 0 * * 5L',
  '0 0 29 2 *',
  '*/10 * * * * *',
];
const zones = ['UTC', 'America/New_York'];

/** One package: how it is made ready for an expression, and how it is asked for the fires one after the other. */
interface Peer {
  readonly name: string;
  /** Steps through fires from START, `steps` of them. Throws for what the package does not take. */
  step(expression: string, zone: string): (steps: number) => unknown;
  /** Parses and finds the first fire, nothing kept from before. */
  cold(expression: string, zone: string): unknown;
}

const peers: readonly Peer[] = [
  {
    name: 'this package',
    step: (expression, zone) => {
      const cron = cronTimetable('bench', expression, zone, {});
      return (steps) => {
        let at: number | null = START;
        for (let step = 0; step < steps && at !== null; step++) at = cron.after(at);
        return at;
      };
    },
    cold: (expression, zone) => newCronTimetable('bench', expression, zone, {}).after(START),
  },
  {
    name: 'cron-parser',
    step: (expression, zone) => {
      const cron = CronExpressionParser.parse(expression, { tz: zone, currentDate: new Date(START) });
      return (steps) => {
        let last;
        for (let step = 0; step < steps; step++) last = cron.next();
        return last;
      };
    },
    cold: (expression, zone) => CronExpressionParser.parse(expression, { tz: zone, currentDate: new Date(START) }).next(),
  },
  {
    name: 'croner',
    step: (expression, zone) => {
      const cron = new Cron(expression, { timezone: zone });
      return (steps) => {
        let at: Date | null = new Date(START);
        for (let step = 0; step < steps && at !== null; step++) at = cron.nextRun(at);
        return at;
      };
    },
    cold: (expression, zone) => new Cron(expression, { timezone: zone }).nextRun(new Date(START)),
  },
  {
    name: 'cron',
    step: (expression, zone) => {
      const cron = new CronTime(expression, zone);
      return (steps) => {
        let at = new Date(START);
        for (let step = 0; step < steps; step++) at = cron.getNextDateFrom(at, zone).toJSDate();
        return at;
      };
    },
    cold: (expression, zone) => new CronTime(expression, zone).getNextDateFrom(new Date(START), zone),
  },
  {
    name: 'cron-schedule (host zone)',
    step: (expression, zone) => {
      if (zone !== 'UTC') throw new Error('it has no zones');
      const cron = parseCronExpression(expression);
      return (steps) => {
        let at = new Date(START);
        for (let step = 0; step < steps; step++) at = cron.getNextDate(at);
        return at;
      };
    },
    cold: (expression, zone) => {
      if (zone !== 'UTC') throw new Error('it has no zones');
      return parseCronExpression(expression).getNextDate(new Date(START));
    },
  },
  {
    name: 'node-cron',
    step: (expression, zone) => (steps) => {
      const task = createTask(expression, () => undefined, { timezone: zone });
      void task.start();
      const runs = task.getNextRuns(steps);
      void task.destroy();
      return runs;
    },
    cold: (expression, zone) => {
      const task = createTask(expression, () => undefined, { timezone: zone });
      void task.start();
      const run = task.getNextRun();
      void task.destroy();
      return run;
    },
  },
];

/** ns a call, the median of three rounds of about 60 ms each; null where the package does not take the expression. */
function measure(work: (times: number) => unknown): number | null {
  try {
    const time = (times: number): number => {
      const start = performance.now();
      work(times);
      return performance.now() - start;
    };
    let times = 1;
    for (; times < 100_000 && time(times) < 20; times *= 2);
    const rounds = [time(times * 2), time(times * 2), time(times * 2)].sort((a, b) => a - b);
    return ((rounds[1] ?? NaN) / (times * 2)) * 1e6;
  } catch {
    return null;
  }
}

const mean = (numbers: readonly (number | null)[]): { readonly mean: number; readonly taken: number } => {
  const taken = numbers.filter((number) => number !== null);
  return { mean: taken.reduce((sum, number) => sum + number, 0) / taken.length, taken: taken.length };
};

const results: { zone: string; package: string; nextNs: number; nextRatio: number; coldUs: number; coldRatio: number; taken: number }[] =
  [];
for (const zone of zones) {
  const rows = peers.map((peer) => {
    const next = mean(
      expressions.map((expression) => {
        let step: (steps: number) => unknown;
        try {
          step = peer.step(expression, zone);
        } catch {
          return null;
        }
        return measure(step);
      }),
    );
    const cold = mean(
      expressions.map((expression) =>
        measure((times) => {
          for (let time = 0; time < times; time++) peer.cold(expression, zone);
        }),
      ),
    );
    return { package: peer.name, next, cold };
  });
  const [ours] = rows;
  for (const { package: name, next, cold } of rows) {
    if (next.taken === 0) continue;
    results.push({
      zone,
      package: name,
      nextNs: Math.round(next.mean),
      nextRatio: Number((next.mean / (ours?.next.mean ?? NaN)).toFixed(1)),
      coldUs: Number((cold.mean / 1000).toFixed(1)),
      coldRatio: Number((cold.mean / (ours?.cold.mean ?? NaN)).toFixed(1)),
      taken: next.taken,
    });
  }
}
console.table(results);

const firstUse = ['America/Chicago', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kathmandu'].map((zone) => {
  const start = performance.now();
  cronTimetable('bench', '0 9 * * *', zone, {}).after(START);
  return performance.now() - start;
});
console.log(`first use of a zone: ${firstUse.map((ms) => `${ms.toFixed(2)} ms`).join(', ')}`);

const neverStart = performance.now();
cronTimetable('bench', '0 0 30 2 *', 'America/New_York', {}).after(START);
console.log(`a date that never comes: ${(performance.now() - neverStart).toFixed(2)} ms`);

const longStart = performance.now();
try {
  parseCron('1,'.repeat(50_000));
} catch {
  console.log(`a text of 100 kB is refused in ${(performance.now() - longStart).toFixed(3)} ms`);
}
