import { Observable } from 'rxjs';
import type { Observer, OperatorFunction } from 'rxjs';
import type { EngineJob, Lane } from '../model/engine.js';
import type { JobEvent } from '../model/job-event.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import { connect } from './connect.js';

/**
 * Sends the fires of a trigger down an engine's lane, and passes on what else it tells for the log of the job.
 *
 * A fire is admitted when it comes and runs when it is known what comes next; what becomes of it the lane reports. The result
 * completes when the source does and never errors: a source that does is a `trigger-failed` event.
 */
export function runs(job: Pick<EngineJob, 'jobId' | 'logger'>, lane: Lane, now: () => number): OperatorFunction<TriggerEvent, JobEvent> {
  const { jobId } = job;
  return (source) =>
    new Observable((subscriber) => {
      const end = (): void => {
        lane.proceed();
        subscriber.complete();
      };
      const observer: Observer<TriggerEvent> = {
        next: (event) => {
          switch (event.type) {
            case 'fired':
              lane.admit(event.fire, null);
              subscriber.next(event);
              break;
            case 'dropped':
              lane.admit(event.fire, event.reason);
              subscriber.next({ type: 'fired', jobId, at: event.at, fire: event.fire });
              lane.proceed();
              break;
            case 'armed':
              subscriber.next(event);
              lane.proceed();
              break;
            case 'unarmed':
              lane.proceed();
          }
        },
        error: (error: unknown) => {
          subscriber.next({ type: 'trigger-failed', jobId, at: now(), error });
          end();
        },
        complete: end,
      };
      connect(source, subscriber, observer, job);
    });
}
