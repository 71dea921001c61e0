import { Observable } from 'rxjs';
import type { Observer, Subscriber } from 'rxjs';
import { jobName } from '../errors/job-name.js';
import type { EngineJob } from '../model/engine.js';
import { contain } from './contain.js';

/**
 * Subscribes a source on behalf of a subscriber, which it is bound to **before** the source can emit: a source that emits
 * without end inside `subscribe` stops when the subscriber is unsubscribed meanwhile. What its teardown throws goes to the log of its job.
 */
export function connect<T>(
  source: Observable<T>,
  subscriber: Subscriber<never>,
  observer: Observer<T>,
  { jobId, logger }: Pick<EngineJob, 'jobId' | 'logger'>,
): void {
  const bound$: Observable<T> = new Observable((inner) => {
    contain(inner, (error) => {
      logger.error(`${jobName(jobId)}: the teardown of its trigger failed`, error);
    });
    subscriber.add(inner);
    return source.subscribe(inner);
  });
  bound$.subscribe(observer);
}
