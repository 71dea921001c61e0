import { checked, checkKeys, oneOf } from '../checks/check.js';
import type { JobEventType } from '../model/job-event.js';
import { EVENT_TYPES } from '../model/job-event.js';

/** Options of `JobRegistry.events`. */
export interface EventFilter<Type extends JobEventType = JobEventType> {
  /**
   * The types of events.
   *
   * @default all
   */
  readonly types?: readonly Type[] | undefined;
  /**
   * The job whose events are emitted. It need not exist yet, and a later job with the same id counts too.
   *
   * @default all
   */
  readonly jobId?: string | undefined;
}

/** Checks an event filter. @returns its types as a set. Null means all. */
export function checkedEventTypes(filter: EventFilter): ReadonlySet<JobEventType> | null {
  checkKeys('events(filter)', filter, ['types', 'jobId']);
  const { types, jobId } = filter;
  checked<unknown>('events(filter.jobId)', jobId, (id) => typeof id === 'string' && id !== '', 'a string that is not empty');
  checked<unknown>('events(filter.types)', types, Array.isArray, 'an array of event types');
  types?.forEach((type, index) => oneOf(`events(filter.types[${String(index)}])`, type, EVENT_TYPES));
  return types === undefined ? null : new Set(types);
}
