// The peers that need Node.
import type { MakeSubject } from './subjects.js';
import { ZONE } from './subjects.js';

/** Subjects that need Node. */
export const nodeOnly: Readonly<Record<string, MakeSubject>> = {
  'toad-scheduler': async () => {
    const { SimpleIntervalJob, Task, ToadScheduler } = await import('toad-scheduler');
    const scheduler = new ToadScheduler();
    return {
      every: (id, periodMs, job) => {
        scheduler.addSimpleIntervalJob(new SimpleIntervalJob({ milliseconds: periodMs }, new Task(id, job), { id }));
      },
      stop: (id) => scheduler.removeById(id),
    };
  },
  'node-cron': async () => {
    const { createTask } = await import('node-cron');
    const tasks = new Map<string, ReturnType<typeof createTask>>();
    return {
      cron: (id, expression, job) => {
        const task = createTask(expression, job, { timezone: ZONE });
        void task.start();
        tasks.set(id, task);
      },
      stop: (id) => void tasks.get(id)?.destroy(),
    };
  },
  cron: async () => {
    const { CronJob } = await import('cron');
    const jobs = new Map<string, { stop(): unknown }>();
    return {
      cron: (id, expression, job) => jobs.set(id, CronJob.from({ cronTime: expression, onTick: job, start: true, timeZone: ZONE })),
      stop: (id) => void jobs.get(id)?.stop(),
    };
  },
  'node-schedule': async () => {
    const { default: schedule } = await import('node-schedule');
    return {
      cron: (id, rule, job) => schedule.scheduleJob(id, { rule, tz: ZONE }, job),
      stop: (id) => schedule.cancelJob(id),
    };
  },
  // it knows no zones: it is measured in the zone of the host
  'cron-schedule': async () => {
    const { parseCronExpression } = await import('cron-schedule');
    const { IntervalBasedCronScheduler } = await import('cron-schedule/schedulers/interval-based.js');
    const scheduler = new IntervalBasedCronScheduler(1000);
    const ids = new Map<string, number>();
    return {
      cron: (id, expression, job) => ids.set(id, scheduler.registerTask(parseCronExpression(expression), job)),
      stop: (id) => {
        scheduler.unregisterTask(ids.get(id) ?? -1);
      },
    };
  },
};
