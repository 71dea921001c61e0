// The entry point without cron

// Triggers
export { customTrigger } from './triggers/custom-trigger.js';
export type { CustomOptions } from './triggers/custom-trigger.js';
export { filterTrigger } from './triggers/filter-trigger.js';
export type { FilterOptions } from './triggers/filter-trigger.js';
export { intervalTrigger } from './triggers/interval-trigger.js';
export type { IntervalOptions } from './triggers/interval-trigger.js';
export { nextFireTimes } from './triggers/next-fire-times.js';
export type { NextFireTimesOptions } from './triggers/next-fire-times.js';
export { oneTimeTrigger } from './triggers/one-time-trigger.js';
export { timestampTrigger } from './triggers/timestamp-trigger.js';
export { unionTrigger } from './triggers/union-trigger.js';
export type { Trigger, TriggerOptions } from './triggers/trigger.js';
export { triggerOf } from './triggers/core-trigger-of.js';
export type { NamedCustom, TriggerOfOptions } from './triggers/definition-reader.js';
export type {
  CronDefinition,
  CustomDefinition,
  FilterDefinition,
  IntervalDefinition,
  OneTimeDefinition,
  TimestampDefinition,
  TriggerDefinition,
  UnionDefinition,
} from './model/trigger-definition.js';
export type { DstRule } from './model/dst-rule.js';
export type { JobTriggerType, TriggerType } from './model/trigger-type.js';
export type { Axis } from './model/axis.js';
export type { Timetable } from './timetables/timetable.js';
export type { TimetableSource } from './timetables/custom-timetable.js';

// Operators
export { pausable } from './operators/pausable.js';
export type { PausableOptions } from './operators/pausable.js';
export { runJob } from './jobs/run-job.js';
export type { RunJobOptions } from './jobs/run-job.js';

// Scheduler
export { JobRegistry } from './scheduler/job-registry.js';
export type { RegistryOptions, ShutdownOptions, ShutdownResult } from './scheduler/registry-options.js';
export type { RemoveOptions } from './jobs/job.js';
export { scheduledJob } from './scheduler/scheduled-job.js';
export type { ScheduledJobDecorator } from './scheduler/scheduled-job.js';

// Jobs
export type { Fire } from './model/fire.js';
export type { JobCommand } from './model/job-command.js';
export type {
  ArgsJobDefinition,
  JobArgs,
  JobDefinition,
  JobOptionsArgument,
  RunJobDefinition,
  ValueOf,
  WithArgs,
  WithoutArgs,
} from './jobs/job-definition.js';
export type {
  AddedEvent,
  ArmedEvent,
  CancelledEvent,
  CompletedEvent,
  DrainingEvent,
  EmittedEvent,
  FailedEvent,
  FiredEvent,
  GateEvent,
  JobEvent,
  JobEventType,
  Outcome,
  PausedEvent,
  RemovedEvent,
  RescheduledEvent,
  ResumedEvent,
  RetryingEvent,
  SkipReason,
  SkippedEvent,
  StartedEvent,
  SucceededEvent,
  TriggerFailedEvent,
} from './model/job-event.js';
export type { JobOptions, Misfire, OnError, Overlap, Retry, RetryOptions, WhilePaused } from './model/job-options.js';
export type { JobRun } from './model/job-run.js';
export type { RunOutcome } from './model/run-outcome.js';
export type { Totals } from './model/totals.js';
export type { JobDescription, JobPolicies, OptionOrigin, RetryDescription } from './model/job-description.js';
export type { EventFilter } from './scheduler/event-filter.js';
export type { NextRunTimesOptions } from './scheduler/coming-options.js';
export type { JobState, JobStatus, LastRun, Statuses } from './model/job-status.js';
export type { LogEntry, LogFunction, LogLevel, Logger, LoggerOption } from './model/logger.js';

// Time
export type { Cancel, Clock } from './time/clock.js';
export type { DurationLike, DurationObject } from './model/duration.js';
export type { InstantLike } from './model/instant.js';
export { schedulerClock } from './time/scheduler-clock.js';

// Errors
export { InvalidOptionError } from './errors/invalid-option-error.js';
export { InvalidTriggerError } from './errors/invalid-trigger-error.js';
export { JobTimeoutError } from './errors/job-timeout-error.js';
export { SchedulerClosedError } from './errors/scheduler-closed-error.js';
export { TimetableError } from './errors/timetable-error.js';
