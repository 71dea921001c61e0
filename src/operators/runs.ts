import { Observable } from 'rxjs';
import type { Observer, OperatorFunction } from 'rxjs';
import type { EngineJob, Lane } from '../model/engine.js';
import type { JobEvent } from '../model/job-event.js';
import type { TriggerEvent } from '../triggers/trigger-event.js';
import { connect } from './connect.js';

/**
 * Turns what a trigger tells into the log of its job: the fires go down an engine's lane, and what becomes of them comes back.
 *
 * A fire is admitted when it comes and runs when it is known what comes next. The result completes when the source has ended
 * and the lane is idle. It never errors: a source that does is a `trigger-failed` event.
 */
export function runs(
  { jobId, logger }: Pick<EngineJob, 'jobId' | 'logger'>,
  lane: Lane,
  now: () => number,
): OperatorFunction<TriggerEvent, JobEvent> {
  return (source) =>
    new Observable((subscriber) => {
      let ended = false;
      const settle = (): void => {
        if (ended && lane.idle) subscriber.complete();
      };
      lane.attach((event) => {
        subscriber.next(event);
        settle();
      });
      const end = (): void => {
        ended = true;
        lane.proceed();
        settle();
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
      connect(source, subscriber, observer, (error) => {
        logger.error(`job ${JSON.stringify(jobId)}: the teardown of its trigger failed`, error);
      });
    });
}
