export * from './core.js';

// Triggers from their definitions, cron included. This export takes the place of the one without cron
export { triggerOf } from './triggers/trigger-of.js';

// Cron
export { checkCron } from './triggers/check-cron.js';
export type { CheckCronOptions } from './triggers/check-cron.js';
export { cronTrigger } from './triggers/cron-trigger.js';
export type { CronOptions } from './triggers/cron-trigger.js';
export { InvalidCronError } from './errors/invalid-cron-error.js';
export type { CronErrorCode, CronField } from './errors/invalid-cron-error.js';
export { InvalidTimezoneError } from './errors/invalid-timezone-error.js';

// The scheduler of the manual, with a method for each kind of trigger
export { Scheduler } from './scheduler/scheduler.js';
export type { CronJobOptions, IntervalJobOptions } from './scheduler/scheduler.js';
