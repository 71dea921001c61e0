import type { JobDescription, JobPolicies, OptionOrigin, RetryDescription } from '../model/job-description.js';
import type { JobOptions, Misfire, RetryOptions } from '../model/job-options.js';
import type { TriggerDefinition } from '../model/trigger-definition.js';
import { isNamed, timezoneOf, triggerTypeOf } from '../model/trigger-definition.js';
import { triggerText } from '../triggers/trigger-text.js';
import type { JobPlan, JobPolicy } from './job-plan.js';

/** The option that a policy is the value of, where the names differ. */
const OPTION_NAMES: { readonly [Name in keyof JobPolicies]?: keyof JobOptions } = { timeoutMs: 'timeout', jitterMs: 'jitter' };

/**
 * Describes a job.
 *
 * @param defaults the defaults of its registry.
 */
export function describeJob(plan: JobPlan, defaults: JobOptions, addedAt: number): JobDescription {
  const { jobId, definition, policy, options } = plan;
  const limits = definition === null ? {} : limitsOf(definition);
  const policies = policiesOf(policy, options.retry ?? defaults.retry);
  const originOf = (name: keyof JobPolicies): OptionOrigin => {
    const option = OPTION_NAMES[name] ?? (name as keyof JobOptions);
    if (options[option] !== undefined) return 'job';
    if (name in limits) return 'trigger';
    // the default of the registry may be for the other axis
    const isUsed = defaults[option] !== undefined && (name !== 'whilePaused' || defaults.whilePaused === policy.whilePaused);
    return isUsed ? 'registry' : 'default';
  };
  const names = Object.keys(policies) as (keyof JobPolicies)[];
  return Object.freeze({
    jobId,
    triggerType: triggerTypeOf(definition),
    text: definition === null ? 'observable' : triggerText(definition),
    definition: definition !== null && isNamed(definition) ? definition : null,
    axis: definition === null ? null : policy.whilePaused === 'freeze' ? 'elapsed' : 'wall',
    timezone: definition === null ? null : timezoneOf(definition),
    startTime: limits.startTime ?? null,
    endTime: limits.endTime ?? null,
    addedAt,
    policies,
    origins: Object.freeze(Object.fromEntries(names.map((name) => [name, originOf(name)]))) as JobDescription['origins'],
  });
}

/** The options that may have been given to the trigger. */
interface Limits {
  readonly startTime?: number;
  readonly endTime?: number;
  readonly maxRuns?: number;
  readonly misfire?: Misfire;
}

function limitsOf(definition: TriggerDefinition): Limits {
  if (definition.type === 'filter') return limitsOf(definition.trigger);
  return definition.type === 'union' ? {} : definition;
}

function policiesOf(policy: JobPolicy, retry: JobOptions['retry']): JobPolicies {
  const { overlap, misfire, misfireLimit, whilePaused, jitterMs, removeOnComplete, startPaused, keepLastValue } = policy;
  return Object.freeze({
    maxRuns: limit(policy.maxRuns),
    overlap,
    concurrency: limit(policy.concurrency),
    queueLimit: limit(policy.queueLimit),
    misfire,
    misfireLimit,
    graceMs: limit(policy.graceMs),
    whilePaused,
    retry: retry === undefined || policy.retry === null ? null : retryOf(typeof retry === 'number' ? { count: retry } : retry),
    timeoutMs: limit(policy.timeoutMs),
    jitterMs,
    onError: policy.pauseOnError ? 'pause' : 'continue',
    removeOnComplete,
    startPaused,
    keepLastValue,
    when: policy.when !== undefined,
    completeWhen: policy.completeWhen !== undefined,
    around: policy.around !== undefined,
  });
}

function retryOf({ count, delayMs = 0, maxDelayMs = Infinity, jitterRatio = 0, whenClosed = 'continue' }: RetryOptions): RetryDescription {
  const delay = typeof delayMs === 'function' ? 'function' : delayMs;
  return Object.freeze({ count: limit(count), delayMs: delay, maxDelayMs: limit(maxDelayMs), jitterRatio, whenClosed });
}

function limit(number: number): number | null {
  return number === Infinity ? null : number;
}
