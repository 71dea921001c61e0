import type { ObservableInput } from 'rxjs';
import { isObservable } from 'rxjs';
import { checked, checkedDuration, checkKeys, flag, givenOf, oneOf, wholeFrom1, wholeUpTo } from '../checks/check.js';
import { Place } from '../checks/place.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import type { LaneJob, RunPolicy } from '../lanes/lane-job.js';
import { durationMs } from '../model/duration.js';
import type { JobOptions, WhilePaused } from '../model/job-options.js';
import { MISFIRES, ON_ERROR, OVERLAPS, PAUSE_POLICIES } from '../model/job-options.js';
import type { TriggerDefinition } from '../model/trigger-definition.js';
import { checkedWhilePaused } from '../operators/pausable.js';
import { currentContext } from '../time/async-context.js';
import type { DriveOptions, DrivePolicy } from '../triggers/drive-policy.js';
import type { TriggerDefaults, TriggerPlan } from '../triggers/trigger.js';
import { GRACE_MS, MISFIRE_LIMIT, planOf } from '../triggers/trigger.js';
import type { JobDefinition } from './job-definition.js';
import { checkedRetry, retryPlan } from './retry.js';

/** All options of a job, with the defaults filled in. Jobs with the same options share one object. */
export interface JobPolicy extends RunPolicy, DrivePolicy {
  readonly maxRuns: number;
  readonly when: ObservableInput<boolean> | undefined;
  readonly pauseOnError: boolean;
  readonly removeOnComplete: boolean;
  readonly startPaused: boolean;
  readonly keepLastValue: boolean;
}

/** A checked definition. */
export interface JobPlan extends LaneJob, DriveOptions {
  /** Null for an Observable that is not a trigger. */
  readonly definition: TriggerDefinition | null;
  readonly policy: JobPolicy;
  /** A checked copy of the options that the job itself was given. `reschedule` plans with them again. */
  readonly options: GivenOptions;
}

/** The function that the user called, for error messages, and its options besides those of a job. */
export interface Caller {
  readonly name: string;
  readonly also: readonly string[];
}

const ADD_JOB: Caller = { name: 'addJob', also: [] };

/** Maximum of the option `misfireLimit`. */
const MAX_MISFIRE_LIMIT = 1_000_000;
/** Default of the option `concurrency`. */
const CONCURRENCY = 1_000;
/** Default of the option `queueLimit`. */
const QUEUE_LIMIT = 1_000;
/** The defaults for an Observable that is not a trigger. */
const OBSERVABLE_DEFAULTS: TriggerDefaults = { misfire: 'once', overlap: 'skip', whilePaused: 'skip', spaced: false };

/**
 * Makes plans of definitions, for the jobs of one registry.
 *
 * An option that the job was not given comes from the trigger, then from the `defaults` of the registry, then from the defaults of that
 * kind of trigger. Jobs with the same kind of trigger and without options share their policy.
 */
export class Planner {
  private readonly defaults: JobOptions;
  private readonly shared: WeakMap<TriggerDefaults, JobPolicy> = new WeakMap();

  constructor(defaults: JobOptions = {}) {
    this.defaults = defaults;
  }

  /** Checks a definition and fills in the defaults. */
  plan({ jobId, trigger, job, options }: JobDefinition, caller: Caller = ADD_JOB): JobPlan {
    if (typeof (jobId as unknown) !== 'string' || jobId === '')
      throw new InvalidOptionError(`${caller.name}(jobId)`, jobId, 'a string that is not empty');
    if (!isObservable(trigger)) throw new InvalidTriggerError(`${caller.name}(trigger)`, trigger, 'a trigger or an Observable');
    if (typeof (job as unknown) !== 'function') throw new InvalidOptionError(`${caller.name}(job)`, job, 'a function');
    const plan = planOf(trigger);
    const own = options === undefined ? NO_OPTIONS : checkJobOptions(new Place(caller.name, 'options'), options, caller.also);
    const context = (own.context ?? this.defaults.context) === 'inherit' ? currentContext() : null;
    const definition = plan?.definition ?? null;
    return { jobId, definition, job, args: own.args, context, options: own, policy: this.policy(plan, own, caller) };
  }

  private policy(plan: TriggerPlan | undefined, own: GivenOptions, caller: Caller): JobPolicy {
    const givenNothing = isEmpty(own) && plan?.given.maxRuns === undefined && plan?.given.misfire === undefined;
    if (!givenNothing) return resolve(plan, own, this.defaults, caller);
    const key = plan?.defaults ?? OBSERVABLE_DEFAULTS;
    let policy = this.shared.get(key);
    if (policy === undefined) {
      policy = resolve(plan, own, this.defaults, caller);
      this.shared.set(key, policy);
    }
    return policy;
  }
}

/** Shared by all jobs without options: an empty object for each would cost 56 bytes. */
const NO_OPTIONS: GivenOptions = /* @__PURE__ */ Object.freeze({});

function isEmpty(own: GivenOptions): boolean {
  for (const name in own) if (name !== 'args' && name !== 'context') return false;
  return true;
}

function resolve(plan: TriggerPlan | undefined, own: JobOptions, defaults: JobOptions, caller: Caller): JobPolicy {
  const options: JobOptions = { ...defaults, ...own };
  const byTrigger = plan?.defaults ?? OBSERVABLE_DEFAULTS;
  return {
    maxRuns: own.maxRuns ?? plan?.given.maxRuns ?? defaults.maxRuns ?? Infinity,
    overlap: options.overlap ?? byTrigger.overlap,
    concurrency: options.concurrency ?? CONCURRENCY,
    queueLimit: options.queueLimit ?? QUEUE_LIMIT,
    misfire: own.misfire ?? plan?.given.misfire ?? defaults.misfire ?? byTrigger.misfire,
    misfireLimit: options.misfireLimit ?? MISFIRE_LIMIT,
    graceMs: options.graceMs ?? GRACE_MS,
    whilePaused: plan === undefined ? 'skip' : whilePausedOf(plan, own.whilePaused, defaults.whilePaused, caller),
    retry: options.retry === undefined ? null : retryPlan(checkedRetry(new Place(caller.name, 'options.retry'), options.retry)),
    timeoutMs: options.timeout === undefined ? Infinity : durationMs(options.timeout),
    jitterMs: options.jitter === undefined ? 0 : durationMs(options.jitter),
    spaced: byTrigger.spaced,
    when: options.when,
    pauseOnError: options.onError === 'pause',
    removeOnComplete: options.removeOnComplete === true,
    startPaused: options.startPaused === true,
    completeWhen: options.completeWhen,
    around: options.around,
    keepLastValue: options.keepLastValue === true,
    keepsValues: options.keepLastValue === true || options.completeWhen !== undefined,
  };
}

type GivenOptions = NonNullable<JobDefinition['options']>;

/** Checks an option and returns the value to keep: a copy if the caller could change it later. */
type Check<Value> = (place: Place, value: NonNullable<Value>) => Value;

const CHECKS: { readonly [Name in keyof GivenOptions]-?: Check<GivenOptions[Name]> } = {
  args: (place, value) => {
    checked<unknown>(place, value, Array.isArray, 'an array');
    return [...value];
  },
  maxRuns: wholeFrom1,
  overlap: (place, value) => oneOf(place, value, OVERLAPS),
  concurrency: wholeFrom1,
  queueLimit: wholeFrom1,
  misfire: (place, value) => oneOf(place, value, MISFIRES),
  misfireLimit: (place, value) => wholeUpTo(MAX_MISFIRE_LIMIT, place, value),
  graceMs: (place, value) => checked(place, value, (ms) => typeof ms === 'number' && ms >= 0, 'a number of ms from 0'),
  whilePaused: (place, value) => oneOf(place, value, PAUSE_POLICIES),
  retry: checkedRetry,
  timeout: (place, value) => checkedDuration(place, value, 1),
  jitter: (place, value) => checkedDuration(place, value, 0),
  when: (place, value) => checked(place, value, isObservableInput, 'an Observable, a promise or an iterable of booleans'),
  completeWhen: (place, value) => checked(place, value, isFunction, 'a function of the value and the run that returns a boolean'),
  around: (place, value) => checked(place, value, isFunction, 'a function of the run and next'),
  keepLastValue: flag,
  onError: (place, value) => oneOf(place, value, ON_ERROR),
  removeOnComplete: flag,
  startPaused: flag,
  context: (place, value) => oneOf(place, value, ['inherit']),
};

const KNOWN: readonly string[] = /* @__PURE__ */ Object.keys(CHECKS);

/** Checks job options and returns a copy without those that are undefined. */
export function checkJobOptions(place: Place, options: GivenOptions, also: readonly string[] = []): GivenOptions {
  checkKeys(place, options, KNOWN, also);
  const given = Object.entries(givenOf(options)).map(([name, value]) => {
    const check = CHECKS[name as keyof GivenOptions] as (place: Place, value: unknown) => unknown;
    return [name, check(place.field(name), value)];
  });
  return given.length === 0 ? NO_OPTIONS : (Object.fromEntries(given) as GivenOptions);
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** True if `from` of RxJS accepts the value. It accepts strings too, but they hold no booleans. */
function isObservableInput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { observable = '@@observable' } = Symbol as { observable?: symbol }; // the mark of Observables of other libraries
  const methods = ['then', Symbol.iterator, Symbol.asyncIterator, observable, 'getReader'] as const;
  return isObservable(value) || methods.some((name) => typeof (value as Partial<Record<string | symbol, unknown>>)[name] === 'function');
}

/** The `whilePaused` of the registry's defaults applies only to triggers on a matching axis. */
function whilePausedOf(plan: TriggerPlan, own: WhilePaused | undefined, usual: WhilePaused | undefined, { name }: Caller): WhilePaused {
  const isMatching = usual !== undefined && (usual === 'freeze') === (plan.timetable.axis === 'elapsed');
  return checkedWhilePaused(`${name}(options.whilePaused)`, plan, own ?? (isMatching ? usual : undefined));
}
