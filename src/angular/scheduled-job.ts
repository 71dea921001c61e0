import type { Observable } from 'rxjs';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { JobDefinition, ValueOf, WithArgs, WithoutArgs } from '../jobs/job-definition.js';
import type { JobRun } from '../model/job-run.js';
import { injectJob } from './inject-job.js';
import type { InjectJobOptions } from './inject-job.js';
import type { JobRef } from './job-ref.js';

type AnyFunction = (...args: never[]) => unknown;

/** A decorator of instance methods of the type `F`, under standard decorators as under `experimentalDecorators`. */
export interface ScheduledMethodDecorator<F extends AnyFunction> {
  (method: F, context: ClassMethodDecoratorContext): void;
  (target: object, key: string | symbol, descriptor: { readonly value?: F }): void;
}

/** A method that is to be scheduled. */
interface Mark {
  readonly jobId: string;
  readonly trigger: Observable<unknown>;
  readonly options: InjectJobOptions & Pick<NonNullable<JobDefinition['options']>, 'args'>;
  /** Finds the method of an instance. */
  readonly methodOf: (instance: object) => AnyFunction;
}

/** The marks that stand on an instance (standard decorators) or on a prototype (legacy ones). */
const marks: WeakMap<object, Mark[]> = new WeakMap();

/**
 * Marks a method of a component or a service as a job; {@link injectScheduledJobs} adds it when an instance is made.
 *
 * ## Example
 *
 * ```ts
 * import { intervalTrigger } from 'extended-scheduler';
 * import { injectScheduledJobs, scheduledJob } from 'extended-scheduler/angular';
 *
 * class CacheService {
 *   private readonly jobs = injectScheduledJobs(this);
 *
 *   @scheduledJob('cache.sweep', intervalTrigger({ minutes: 5 }))
 *   sweep(): void {}
 * }
 * ```
 *
 * The parameters are those of {@link injectJob}, which says more shortly the same: `job = injectJob('cache.sweep', trigger, () =>
 * this.sweep())`. (`scheduledJob` of the main door is for schedulers that are not injected.)
 *
 * @throws InvalidOptionError when it does not stand on an instance method.
 * @see the manual, "Add Job Decorators"
 */
export function scheduledJob<A extends readonly unknown[]>(
  jobId: string,
  trigger: Observable<unknown>,
  options: InjectJobOptions & WithArgs<A>,
): ScheduledMethodDecorator<(...args: A) => unknown>;
export function scheduledJob<Source extends Observable<unknown>>(
  jobId: string,
  trigger: Source,
  options?: InjectJobOptions & WithoutArgs,
): ScheduledMethodDecorator<(run: JobRun<ValueOf<Source>>) => unknown>;
export function scheduledJob(jobId: string, trigger: Observable<unknown>, options: Mark['options'] = {}): unknown {
  return (target: object, contextOrKey: ClassMethodDecoratorContext | string | symbol): void => {
    const isStandard = typeof contextOrKey === 'object';
    const isInstanceMethod = isStandard ? !contextOrKey.static : typeof target === 'object';
    if (!isInstanceMethod) throw new InvalidOptionError('@scheduledJob', target, 'an instance method');
    if (isStandard) {
      const { access } = contextOrKey;
      contextOrKey.addInitializer(function () {
        mark(this as object, { jobId, trigger, options, methodOf: (instance) => access.get(instance) as AnyFunction });
      });
    } else {
      const methodOf = (instance: object): AnyFunction => (instance as Record<string | symbol, unknown>)[contextOrKey] as AnyFunction;
      mark(target, { jobId, trigger, options, methodOf });
    }
  };
}

/**
 * Adds the methods of an instance that {@link scheduledJob} marks as jobs, each by `injectJob`. Call it once for an instance, in a field:
 * `private readonly jobs = injectScheduledJobs(this)`.
 *
 * @returns the jobs by id; empty where no method is marked.
 */
export function injectScheduledJobs(instance: object): Readonly<Record<string, JobRef<unknown>>> {
  const found = [...marksOf(instance)];
  return Object.fromEntries(
    found.map(({ jobId, trigger, options, methodOf }) => {
      const job: AnyFunction = (...args) => methodOf(instance).apply(instance, args);
      return [jobId, injectJob(jobId, trigger, job, options as InjectJobOptions & WithArgs<never[]>)];
    }),
  );
}

function mark(owner: object, entry: Mark): void {
  const known = marks.get(owner);
  if (known === undefined) marks.set(owner, [entry]);
  else known.push(entry);
}

/** Those of the instance and of its classes, the base class first. */
function marksOf(owner: object | null): readonly Mark[] {
  if (owner === null) return [];
  return [...marksOf(Object.getPrototypeOf(owner) as object | null), ...(marks.get(owner) ?? [])];
}
