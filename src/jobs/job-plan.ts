import { isObservable } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { checkKeys, checked, flag, givenOf, oneOf, wholeFrom1 } from '../errors/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { readRetry } from '../engines/retry.js';
import type { DurationLike } from '../model/duration.js';
import type { EngineJob, RunPolicy } from '../model/engine.js';
import type { JobDefinition } from './job-definition.js';
import type { JobOptions, WhilePaused } from '../model/job-options.js';
import { checkedWhilePaused } from '../operators/pausable.js';
import { durationMs } from '../time/duration.js';
import type { DriveOptions, DrivePolicy } from '../triggers/drive-options.js';
import { GRACE_MS, MISFIRE_LIMIT, ON_WALL, planOf } from '../triggers/trigger.js';
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
  /** What the job itself was given, for when it gets another trigger. */
  readonly options: GivenOptions | undefined;
}

/** What a user called to add a job: errors name it, and it may take options besides those of a job. */
export interface Caller {
  readonly name: string;
  readonly also: readonly string[];
}

/** `addJob`, and what comes to the same. */
const ADD_JOB: Caller = { name: 'addJob', also: [] };

const MOST_PARALLEL = 1_000;
const MOST_QUEUED = 1_000;
/** A plain Observable, which has no habits. */
const NO_TRIGGER: TriggerHabits = { ...ON_WALL };

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
    return { jobId, triggerType, job, args: options?.args, options, policy: this.policy(plan, options, caller) };
  }

  private policy(plan: TriggerPlan | undefined, options: GivenOptions | undefined, caller: Caller): JobPolicy {
    const own = options === undefined ? {} : checkJobOptions(`${caller.name}(options`, options, caller.also);
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

function isEmpty(own: GivenOptions): boolean {
  for (const name in own) if (name !== 'args') return false;
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
    retry: readRetry(`${caller.name}(options.retry`, options.retry),
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

/** What each option must be. */
const CHECKS: { readonly [Name in keyof GivenOptions]-?: (place: string, value: GivenOptions[Name]) => unknown } = {
  args: (place, value) => checked<unknown>(place, value, Array.isArray, 'an array'),
  maxRuns: wholeFrom1,
  overlap: (place, value) => oneOf(place, value, ['skip', 'queue', 'latest', 'replace', 'allow']),
  concurrency: wholeFrom1,
  queueLimit: wholeFrom1,
  misfire: (place, value) => oneOf(place, value, ['once', 'skip', 'all']),
  misfireLimit: wholeFrom1,
  graceMs: (place, value) => checked(place, value, (ms) => typeof ms === 'number' && ms >= 0, 'a number of ms from 0'),
  whilePaused: (place, value) => oneOf(place, value, ['freeze', 'skip', 'catch-up']),
  retry: (place, value) => readRetry(place.slice(0, -1), value),
  timeout: (place, value) => {
    duration(place, value, 1);
  },
  jitter: (place, value) => {
    duration(place, value, 0);
  },
  when: (place, value) => checked(place, value, isObservableInput, 'an Observable, a promise or an iterable of booleans'),
  onError: (place, value) => oneOf(place, value, ['continue', 'pause']),
  removeOnComplete: flag,
  startPaused: flag,
};

const KNOWN: readonly string[] = Object.keys(CHECKS);

/** The options that are given, each checked. One that is undefined is left out; one that nobody knows is a slip of the pen. */
export function checkJobOptions(place: string, options: GivenOptions, also: readonly string[] = []): GivenOptions {
  checkKeys(`${place})`, options, KNOWN, also);
  const given = givenOf(options);
  for (const [name, value] of Object.entries(given)) {
    const check = CHECKS[name as keyof GivenOptions] as (place: string, value: unknown) => unknown;
    check(`${place}.${name})`, value);
  }
  return given;
}

function duration(place: string, value: DurationLike | undefined, least: number): void {
  const ms = value === undefined ? least : durationMs(value);
  checked(place, value, () => ms >= least && ms < Infinity, `a finite duration of at least ${String(least)} ms`);
}

function isObservableInput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isObservable(value) || 'then' in value || Symbol.iterator in value || Symbol.asyncIterator in value;
}

/** A default that suits all jobs there is none: it holds for the triggers on its axis. */
function whilePausedOf(plan: TriggerPlan, own: WhilePaused | undefined, usual: WhilePaused | undefined, { name }: Caller): WhilePaused {
  const fits = usual !== undefined && (usual === 'freeze') === (plan.timetable.axis === 'elapsed');
  return checkedWhilePaused(`${name}(options.whilePaused)`, plan, own ?? (fits ? usual : undefined));
}
