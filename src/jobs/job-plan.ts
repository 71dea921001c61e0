import { isObservable } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { checked, oneOf, wholeFrom1 } from '../errors/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import { InvalidTriggerError } from '../errors/invalid-trigger-error.js';
import { readRetry } from '../engines/retry.js';
import type { DurationLike } from '../model/duration.js';
import type { EngineJob } from '../model/engine.js';
import type { JobDefinition } from './job-definition.js';
import type { JobOptions, WhilePaused } from '../model/job-options.js';
import type { Logger } from '../model/logger.js';
import { checkedWhilePaused } from '../operators/pausable.js';
import type { PausedByOptions } from '../operators/paused-by.js';
import { durationMs } from '../time/duration.js';
import { GRACE_MS, MISFIRE_LIMIT, planOf } from '../triggers/trigger.js';
import type { TriggerPlan } from '../triggers/trigger.js';

/** A definition that has been checked, with every option given: what the parts of a running job go by. */
export interface JobPlan extends EngineJob, PausedByOptions {
  /** What it was made of. */
  readonly definition: JobDefinition;
  readonly trigger: Observable<unknown>;
  readonly triggerType: string;
  readonly maxRuns: number;
  readonly when: ObservableInput<boolean> | undefined;
  readonly pauseOnError: boolean;
  readonly removeOnComplete: boolean;
  readonly startPaused: boolean;
}

const MOST_PARALLEL = 1_000;
const MOST_QUEUED = 1_000;

/** Checks a definition and fills in what it leaves open: from `defaults`, then from what its trigger wants. */
export function planJob(definition: JobDefinition, defaults: JobOptions, logger: Logger): JobPlan {
  const { jobId, trigger, job } = definition;
  if (typeof (jobId as unknown) !== 'string' || jobId === '')
    throw new InvalidOptionError('addJob(jobId)', jobId, 'a string that is not empty');
  if (!isObservable(trigger)) throw new InvalidTriggerError('addJob(trigger)', trigger, 'a trigger or an Observable');
  if (typeof (job as unknown) !== 'function') throw new InvalidOptionError('addJob(job)', job, 'a function');
  const options = merged(defaults, definition.options ?? {});
  const plan = planOf(trigger);
  return {
    definition,
    jobId,
    trigger,
    triggerType: plan?.type ?? 'observable',
    job,
    logger,
    args: checked('addJob(options.args)', options.args, Array.isArray, 'an array') ?? undefined,
    maxRuns: Math.min(wholeFrom1('addJob(options.maxRuns)', options.maxRuns) ?? Infinity, plan?.maxRuns ?? Infinity),
    overlap: oneOf('addJob(options.overlap)', options.overlap, ['skip', 'queue', 'latest', 'replace', 'allow']) ?? plan?.overlap ?? 'skip',
    concurrency: wholeFrom1('addJob(options.concurrency)', options.concurrency) ?? MOST_PARALLEL,
    queueLimit: wholeFrom1('addJob(options.queueLimit)', options.queueLimit) ?? MOST_QUEUED,
    misfire: oneOf('addJob(options.misfire)', options.misfire, ['once', 'skip', 'all']) ?? plan?.misfire ?? 'once',
    misfireLimit: wholeFrom1('addJob(options.misfireLimit)', options.misfireLimit) ?? MISFIRE_LIMIT,
    graceMs:
      checked('addJob(options.graceMs)', options.graceMs, (ms) => typeof ms === 'number' && ms >= 0, 'a number of ms from 0') ?? GRACE_MS,
    whilePaused: plan === undefined ? 'skip' : whilePausedOf(plan, definition.options?.whilePaused, defaults.whilePaused),
    retry: readRetry('addJob(options.retry', jobId, options.retry),
    timeoutMs: duration('addJob(options.timeout)', options.timeout, 1) ?? Infinity,
    jitterMs: duration('addJob(options.jitter)', options.jitter, 0) ?? 0,
    spaced: plan?.spaced ?? false,
    when: checked('addJob(options.when)', options.when, isObservableInput, 'an Observable, a promise or an iterable of booleans'),
    pauseOnError: oneOf('addJob(options.onError)', options.onError, ['continue', 'pause']) === 'pause',
    removeOnComplete: flag('addJob(options.removeOnComplete)', options.removeOnComplete),
    startPaused: flag('addJob(options.startPaused)', options.startPaused),
  };
}

const KNOWN: ReadonlySet<string> = new Set<keyof JobOptions | 'args'>([
  'args',
  'maxRuns',
  'overlap',
  'concurrency',
  'queueLimit',
  'misfire',
  'misfireLimit',
  'graceMs',
  'whilePaused',
  'retry',
  'timeout',
  'jitter',
  'when',
  'onError',
  'removeOnComplete',
  'startPaused',
]);

type GivenOptions = NonNullable<JobDefinition['options']>;

/** An option that is undefined is one that is left out; one that nobody knows is a slip of the pen. */
function merged(defaults: JobOptions, options: GivenOptions): GivenOptions {
  if (typeof (options as unknown) !== 'object' || (options as unknown) === null)
    throw new InvalidOptionError('addJob(options)', options, 'an object');
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  for (const [key] of given) {
    if (!KNOWN.has(key)) throw new InvalidOptionError('addJob(options)', key, `one of ${[...KNOWN].join(', ')}`);
  }
  return { ...defaults, ...(Object.fromEntries(given) as GivenOptions) };
}

function duration(place: string, value: DurationLike | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const ms = durationMs(value);
  checked(place, value, () => ms >= least && ms < Infinity, `a finite duration of at least ${String(least)} ms`);
  return ms;
}

function isObservableInput(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isObservable(value) || 'then' in value || Symbol.iterator in value || Symbol.asyncIterator in value;
}

function flag(place: string, value: boolean | undefined): boolean {
  return checked(place, value, (one) => typeof one === 'boolean', 'true or false') === true;
}

/** A default that suits all jobs there is none: it holds for the triggers on its axis. */
function whilePausedOf(plan: TriggerPlan, own: WhilePaused | undefined, usual: WhilePaused | undefined): WhilePaused {
  const fits = usual !== undefined && (usual === 'freeze') === (plan.timetable.axis === 'elapsed');
  return checkedWhilePaused('addJob(options.whilePaused)', plan, own ?? (fits ? usual : undefined));
}
