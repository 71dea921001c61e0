// Providers
export { injectScheduler, provideScheduler } from './provide-scheduler.js';
export type { ProvideSchedulerOptions } from './provide-scheduler.js';
export { withClock, withDefaults, withErrorHandler, withLogger } from './features.js';
export type { SchedulerFeature, SchedulerSetup } from './features.js';
export { provideJob } from './provide-job.js';
export type { ProvideJobOptions } from './provide-job.js';

// Jobs
export { injectJob } from './inject-job.js';
export type { InjectJobOptions } from './inject-job.js';
export type { Emitted, JobRef } from './job-ref.js';
export { injectScheduledJobs, scheduledJob } from './scheduled-job.js';
export type { ScheduledMethodDecorator } from './scheduled-job.js';

// Statuses
export { injectJobStatus } from './inject-job-status.js';
export type { InjectStatusOptions } from './inject-job-status.js';
export { injectStatuses } from './inject-statuses.js';

// Gates
export { whenAll } from './when-all.js';
export { whenOnline } from './when-online.js';
export { whenVisible } from './when-visible.js';
