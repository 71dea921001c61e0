import type { Axis } from './axis.js';
import type { Misfire, OnError, Overlap, WhilePaused } from './job-options.js';
import type { TriggerDefinition } from './trigger-definition.js';
import type { JobTriggerType } from './trigger-type.js';

/** The retries of a job, with the defaults filled in. */
export interface RetryDescription {
  /** Maximum number of retries. Null means no limit. */
  readonly count: number | null;
  /** Delay before a retry in ms, or `'function'` if a function returns it. */
  readonly delayMs: number | 'function';
  /** Maximum delay in ms. Null means no limit. */
  readonly maxDelayMs: number | null;
  readonly jitterRatio: number;
  readonly whenClosed: 'continue' | 'wait';
}

/** The options of a job, with the defaults filled in. Null means no limit, or that there is none. */
export interface JobPolicies {
  readonly maxRuns: number | null;
  readonly overlap: Overlap;
  readonly concurrency: number | null;
  readonly queueLimit: number | null;
  readonly misfire: Misfire;
  readonly misfireLimit: number;
  readonly graceMs: number | null;
  readonly whilePaused: WhilePaused;
  readonly retry: RetryDescription | null;
  readonly timeoutMs: number | null;
  readonly jitterMs: number;
  readonly onError: OnError;
  readonly removeOnComplete: boolean;
  readonly startPaused: boolean;
  readonly keepLastValue: boolean;
  /** True if the job has a gate. */
  readonly when: boolean;
  /** True if the job has such a function. */
  readonly completeWhen: boolean;
  /** True if the job has such a function. */
  readonly around: boolean;
}

/**
 * Where an option comes from: the options of the job, the options of its trigger, the `defaults` of the registry, or the defaults of this
 * package for that kind of trigger.
 */
export type OptionOrigin = 'job' | 'trigger' | 'registry' | 'default';

/** What a job is. It is frozen and plain JSON. */
export interface JobDescription {
  readonly jobId: string;
  readonly triggerType: JobTriggerType;
  /** The trigger in words, such as `every 20 s`. `'observable'` for a plain Observable. */
  readonly text: string;
  /** The definition of the trigger. Null for a plain Observable, or if it contains a filter or a custom source without a name. */
  readonly definition: TriggerDefinition | null;
  /** The axis of the trigger. Null for a plain Observable. */
  readonly axis: Axis | null;
  /** The time zone of a cron trigger. Null for others, and for a union of several zones. */
  readonly timezone: string | null;
  /** The first instant at which the trigger may fire, in epoch ms. Null if it is not set. */
  readonly startTime: number | null;
  /** The last instant at which the trigger may be due, in epoch ms. Null if it is not set. */
  readonly endTime: number | null;
  /** When the job was added, in epoch ms. */
  readonly addedAt: number;
  readonly policies: JobPolicies;
  /** Where each of the policies comes from. */
  readonly origins: Readonly<Record<keyof JobPolicies, OptionOrigin>>;
}
