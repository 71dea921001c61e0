import type { Observable } from 'rxjs';
import { checkedObject } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';
import type { JobDefinition, ValueOf, WithArgs, WithoutArgs } from '../jobs/job-definition.js';
import type { JobRun } from '../model/job-run.js';
import type { AnyInjectJobOptions, InjectJobOptions } from './inject-job.js';
import { injectJob } from './inject-job.js';
import type { JobRef } from './job-ref.js';

type AnyFunction = JobDefinition['job'];

/** A decorator of instance methods of the type `F`, as a standard or a legacy decorator. */
export interface ScheduledMethodDecorator<F extends AnyFunction> {
  (method: F, context: ClassMethodDecoratorContext): void;
  (target: object, key: string | symbol, descriptor: { readonly value?: F }): void;
}

/** A decorated method. */
interface Mark {
  readonly jobId: string;
  readonly trigger: Observable<unknown>;
  readonly options: AnyInjectJobOptions;
  /** The name of the method. */
  readonly name: string | symbol;
  /** Finds the method of an instance. */
  readonly methodOf: (instance: object) => AnyFunction;
}

/** The marks of an instance (standard decorators) or of a prototype (legacy decorators). */
const marks: WeakMap<object, Mark[]> = new WeakMap();
/** Handlers for marks that come later: those of a derived class with standard decorators. */
const takers: WeakMap<object, (mark: Mark) => void> = new WeakMap();

/**
 * Marks a method of a component or a service as a job. {@link injectScheduledJobs} adds it when an instance is created.
 *
 * ## Example
 *
 * ```ts
 * import { intervalTrigger } from 'extended-scheduler';
 * import { injectScheduledJobs, scheduledJob } from 'extended-scheduler/angular';
 *
 * class CacheService {
 *   readonly jobs = injectScheduledJobs(this);
 *
 *   @scheduledJob('cache.sweep', intervalTrigger({ minutes: 5 }))
 *   sweep(): void {}
 * }
 * ```
 *
 * {@link injectJob} in a field does the same: `job = injectJob('cache.sweep', trigger, () => this.sweep())`. The `scheduledJob` of the main
 * entry point is for schedulers that are not injected.
 *
 * @param jobId the id in the scheduler.
 * @param trigger a trigger, or any other Observable.
 * @param options options of the job, and some for Angular.
 * @returns a decorator for instance methods.
 * @throws InvalidOptionError if it is not on an instance method.
 * @see the manual, "Add Job Decorators", for the Python version
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
export function scheduledJob(jobId: string, trigger: Observable<unknown>, options: AnyInjectJobOptions = {}): unknown {
  const given = { ...checkedObject('@scheduledJob(options)', options) };
  return (target: object, contextOrKey?: ClassMethodDecoratorContext | string | symbol, descriptor?: PropertyDescriptor): void => {
    const mark = { jobId, trigger, options: given };
    if (typeof contextOrKey === 'object' && (contextOrKey.kind as string) === 'method' && !contextOrKey.static) {
      const { name, access } = contextOrKey;
      contextOrKey.addInitializer(function () {
        const own = contextOrKey.private ? Symbol(String(name)) : name; // a private method of one class is not that of another
        add(this as object, { ...mark, name: own, methodOf: (instance) => access.get(instance) as AnyFunction });
      });
    } else if (contextOrKey !== undefined && typeof target === 'object' && typeof descriptor?.value === 'function') {
      const name = contextOrKey as string | symbol;
      add(target, { ...mark, name, methodOf: (instance) => (instance as Record<typeof name, unknown>)[name] as AnyFunction });
    } else {
      throw new InvalidOptionError('@scheduledJob', contextOrKey ?? target, 'an instance method');
    }
  };
}

/**
 * Adds the methods of an instance that {@link scheduledJob} marks as jobs, each by `injectJob`. Call it once for an instance, in a field:
 * `readonly jobs = injectScheduledJobs(this)`. It includes the methods of base and derived classes. If a class overrides a marked method,
 * the mark stays.
 *
 * @param instance the instance.
 * @returns the jobs by id. Empty if no method is marked.
 * @throws InvalidOptionError if a method is marked twice, or if two methods have the same id.
 */
export function injectScheduledJobs(instance: object): Readonly<Record<string, JobRef<unknown>>> {
  if (typeof (instance as unknown) !== 'object' || (instance as unknown) === null)
    throw new InvalidOptionError('injectScheduledJobs(instance)', instance, 'an object');
  if (takers.has(instance))
    throw new InvalidOptionError('injectScheduledJobs(instance)', instance, 'an instance whose base class has not called it already');
  const jobs = Object.create(null) as Record<string, JobRef<unknown>>; // any id is a valid key, even '__proto__'
  const names: Set<string | symbol> = new Set();
  const take = ({ jobId, trigger, options, name, methodOf }: Mark): void => {
    if (names.has(name)) throw new InvalidOptionError('@scheduledJob', name, 'a method that no other class of the instance marks');
    if (jobId in jobs) throw new InvalidOptionError('@scheduledJob(jobId)', jobId, 'an id that no other method of the instance has');
    names.add(name);
    const job: AnyFunction = (...args) => methodOf(instance).apply(instance, args);
    jobs[jobId] = injectJob(jobId, trigger, job, options as InjectJobOptions & WithArgs<never[]>);
  };
  marksOf(instance).forEach(take);
  takers.set(instance, take);
  return jobs;
}

function add(owner: object, mark: Mark): void {
  const take = takers.get(owner);
  if (take === undefined) marks.set(owner, [...(marks.get(owner) ?? []), mark]);
  else take(mark);
}

/** The marks of an instance and of its classes, the base class first. */
function marksOf(owner: object | null): readonly Mark[] {
  if (owner === null) return [];
  return [...marksOf(Object.getPrototypeOf(owner) as object | null), ...(marks.get(owner) ?? [])];
}
