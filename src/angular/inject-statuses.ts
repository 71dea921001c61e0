import type { Signal } from '@angular/core';
import { afterNextRender, DestroyRef, inject, signal } from '@angular/core';
import { Subscription } from 'rxjs';
import { checkKeys } from '../checks/check.js';
import type { Statuses } from '../model/job-status.js';
import { inContext } from './in-context.js';
import type { InjectStatusOptions } from './inject-job-status.js';
import { isServer } from './is-server.js';
import { keepSignal } from './keep-signal.js';
import { injectScheduler } from './provide-scheduler.js';

/**
 * The statuses of all jobs of the scheduler by job id, as a signal. It changes at most every 100 ms. The status of a job without an event
 * keeps its identity, so a table renders only the rows that changed.
 *
 * It is empty until the next rendering, so the client starts with the same view as the server. On a server it stays empty.
 *
 * @param options the injector.
 * @returns the signal.
 * @throws InvalidOptionError if an option is unknown.
 */
export function injectStatuses(options: InjectStatusOptions = {}): Signal<Statuses> {
  checkKeys('injectStatuses(options)', options, ['injector']);
  return inContext('injectStatuses', injectStatuses, options.injector, () => {
    const scheduler = injectScheduler();
    const statuses = signal<Statuses>({});
    const subscription = new Subscription();
    inject(DestroyRef).onDestroy(() => {
      subscription.unsubscribe();
    });
    const follow = (): void => {
      subscription.add(keepSignal(statuses, scheduler.statuses$));
    };
    if (!isServer()) afterNextRender(follow);
    return statuses.asReadonly();
  });
}
