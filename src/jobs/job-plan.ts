import { isObservable } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { checkKeys, checked, flag, givenOf, oneOf, wholeFrom1, wholeUpTo } from '../errors/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { checkedRetry, retryPlan } from '../engines/retry.js';
import type { DurationLike } from '../model/duration.js';
import type { EngineJob, RunPolicy } from '../model/engine.js';
import type { JobDefinition } from './job-definition.js';
import type { JobOptions, WhilePaused } from '../model/job-options.js';
import { checkedWhilePaused } from '../operators/pausable.js';
import { currentContext } from '../time/async-context.js';
import { durationMs } from '../time/duration.js';
import type { DriveOptions, DrivePolicy } from '../triggers/drive-options.js';
import { GRACE_MS, MISFIRE_LIMIT, planOf } from '../triggers/trigger.js';
import type { TriggerHabits, TriggerPlan } from '../triggers/trigger.js';

/** How a job goes, every option given: the same for all jobs that were given the same. */
export interface JobPolicy extends RunPolicy, DrivePolicy {
  readonly maxRuns: number;
  readonly when: ObservableInput<boolean> | undefined;
  readonly pauseOnError: boolean;
  readonly removeOnComplete: boolean;
  readonly startPaused: boolean;
}

/** A definition that has been checked: what the parts of a running job go by. */
export interface JobPlan extends EngineJob, DriveOptions {
  readonly triggerType: string;
  readonly policy: JobPolicy;
  /** A checked copy of what the job itself was given, for when it gets another trigger. */
  readonly options: GivenOptions;
}

/** What a user called to add a job: errors name it, and it may take options besides those of a job. */
export interface Caller {
  readonly name: string;
  readonly also: readonly string[];
}

/** `addJob`, and what comes to the same. */
const ADD_JOB: Caller = { name: 'addJob', also: [] };

/** Maximum of `misfireLimit`: more occurrences than that are not replayed at one wake-up. */
const MOST_REPLAYED = 1_000_000;
const MOST_PARALLEL = 1_000;
const MOST_QUEUED = 1_000;
/** A plain Observable, which has no habits. */
const NO_TRIGGER: TriggerHabits = { misfire: 'once', overlap: 'skip', whilePaused: 'skip', spaced: false };

/**
 * Makes plans of definitions, for the jobs of one registry.
 *
 * What a job leaves open is filled in from what its trigger was given, then from `defaults`, then from what such a trigger wants. Jobs
 * of one kind of trigger that were given nothing share their policy.
 */
export class Planner {
  private readonly defaults: JobOptions;
  private readonly shared: WeakMap<TriggerHabits, JobPolicy> = new WeakMap();

  constructor(defaults: JobOptions = {}) {
    this.defaults = defaults;
  }

  /** Checks a definition, and fills in what it leaves open. */
  plan({ jobId, trigger, job, options }: JobDefinition, caller: Caller = ADD_JOB): JobPlan {
    if (typeof (jobId as unknown) !== 'string' || jobId === '')
      throw new InvalidOptionError(`${caller.name}(jobId)`, jobId, 'a string that is not empty');
    if (!isObservable(trigger)) throw new InvalidTriggerError(`${caller.name}(trigger)`, trigger, 'a trigger or an Observable');
    if (typeof (job as unknown) !== 'function') throw new InvalidOptionError(`${caller.name}(job)`, job, 'a function');
    const plan = planOf(trigger);
    const triggerType = plan?.type ?? 'observable';
    const own = options === undefined ? NO_OPTIONS : checkJobOptions(`${caller.name}(options`, options, caller.also);
    const context = (own.context ?? this.defaults.context) === 'inherit' ? currentContext() : null;
    return { jobId, triggerType, job, args: own.args, context, options: own, policy: this.policy(plan, own, caller) };
  }

  private policy(plan: TriggerPlan | undefined, own: GivenOptions, caller: Caller): JobPolicy {
    const givenNothing = isEmpty(own) && plan?.given.maxRuns === undefined && plan?.given.misfire === undefined;
    if (!givenNothing) return resolve(plan, own, this.defaults, caller);
    const habits = plan?.habits ?? NO_TRIGGER;
    let policy = this.shared.get(habits);
    if (policy === undefined) {
      policy = resolve(plan, own, this.defaults, caller);
      this.shared.set(habits, policy);
    }
    return policy;
  }
}

const NO_OPTIONS: GivenOptions = {};

function isEmpty(own: GivenOptions): boolean {
  for (const name in own) if (name !== 'args' && name !== 'context') return false;
  return true;
}

function resolve(plan: TriggerPlan | undefined, own: JobOptions, defaults: JobOptions, caller: Caller): JobPolicy {
  const options: JobOptions = { ...defaults, ...own };
  const habits = plan?.habits;
  return {
    maxRuns: own.maxRuns ?? plan?.given.maxRuns ?? defaults.maxRuns ?? Infinity,
    overlap: options.overlap ?? habits?.overlap ?? 'skip',
    concurrency: options.concurrency ?? MOST_PARALLEL,
    queueLimit: options.queueLimit ?? MOST_QUEUED,
    misfire: own.misfire ?? plan?.given.misfire ?? defaults.misfire ?? habits?.misfire ?? 'once',
    misfireLimit: options.misfireLimit ?? MISFIRE_LIMIT,
    graceMs: options.graceMs ?? GRACE_MS,
    whilePaused: plan === undefined ? 'skip' : whilePausedOf(plan, own.whilePaused, defaults.whilePaused, caller),
    retry: options.retry === undefined ? null : retryPlan(checkedRetry(`${caller.name}(options.retry`, options.retry)),
    timeoutMs: options.timeout === undefined ? Infinity : durationMs(options.timeout),
    jitterMs: options.jitter === undefined ? 0 : durationMs(options.jitter),
    spaced: habits?.spaced ?? false,
    when: options.when,
    pauseOnError: options.onError === 'pause',
    removeOnComplete: options.removeOnComplete === true,
    startPaused: options.startPaused === true,
  };
}

type GivenOptions = NonNullable<JobDefinition['options']>;

/** Checks each option, and returns the value to keep: a copy where the caller could change it later. */
const CHECKS: { readonly [Name in keyof GivenOptions]-?: (place: string, value: NonNullable<GivenOptions[Name]>) => GivenOptions[Name] } = {
  args: (place, value) => {
    checked<unknown>(place, value, Array.isArray, 'an array');
    return [...value];
  },
  maxRuns: wholeFrom1,
  overlap: (place, value) => oneOf(place, value, ['skip', 'queue', 'latest', 'replace', 'allow']),
  concurrency: wholeFrom1,
  queueLimit: wholeFrom1,
  misfire: (place, value) => oneOf(place, value, ['once', 'skip', 'all']),
  misfireLimit: (place, value) => wholeUpTo(MOST_REPLAYED, place, value),
  graceMs: (place, value) => checked(place, value, (ms) => typeof ms === 'number' && ms >= 0, 'a number of ms from 0'),
  whilePaused: (place, value) => oneOf(place, value, ['freeze', 'skip', 'catch-up']),
  retry: (place, value) => checkedRetry(place.slice(0, -1), value),
  timeout: (place, value) => checkedDuration(place, value, 1),
  jitter: (place, value) => checkedDuration(place, value, 0),
  when: (place, value) => checked(place, value, isObservableInput, 'an Observable, a promise or an iterable of booleans'),
  onError: (place, value) => oneOf(place, value, ['continue', 'pause']),
  removeOnComplete: flag,
  startPaused: flag,
  context: (place, value) => oneOf(place, value, ['inherit']),
};

const KNOWN: readonly string[] = /* @__PURE__ */ Object.keys(CHECKS);

/** A checked copy of the options that are given. One that is undefined is left out; an unknown name is an error. */
export function checkJobOptions(place: string, options: GivenOptions, also: readonly string[] = []): GivenOptions {
  checkKeys(`${place})`, options, KNOWN, also);
  const given = Object.entries(givenOf(options)).map(([name, value]) => {
    const check = CHECKS[name as keyof GivenOptions] as (place: string, value: unknown) => unknown;
    return [name, check(`${place}.${name})`, value)];
  });
  return Object.fromEntries(given) as GivenOptions;
}

function checkedDuration(place: string, value: DurationLike, least: number): number {
  const ms = durationMs(value);
  checked(place, value, () => ms >= least && ms < Infinity, `a finite duration of at least ${String(least)} ms`);
  return ms;
}

/** Whether RxJS's `from` takes it; a string, which it takes too, is not a row of booleans. */
function isObservableInput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { observable = '@@observable' } = Symbol as { observable?: symbol }; // where Observables of other libraries are converted
  const methods = ['then', Symbol.iterator, Symbol.asyncIterator, observable, 'getReader'] as const;
  return isObservable(value) || methods.some((name) => typeof (value as Partial<Record<string | symbol, unknown>>)[name] === 'function');
}

/** A default that suits all jobs there is none: it holds for the triggers on its axis. */
function whilePausedOf(plan: TriggerPlan, own: WhilePaused | undefined, usual: WhilePaused | undefined, { name }: Caller): WhilePaused {
  const fits = usual !== undefined && (usual === 'freeze') === (plan.timetable.axis === 'elapsed');
  return checkedWhilePaused(`${name}(options.whilePaused)`, plan, own ?? (fits ? usual : undefined));
}
