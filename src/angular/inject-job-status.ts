import type { EffectCleanupRegisterFn, Injector, Signal } from '@angular/core';
import { afterRenderEffect, computed, signal, untracked } from '@angular/core';
import { checked, checkKeys } from '../checks/check.js';
import type { JobStatus } from '../model/job-status.js';
import { inContext } from './in-context.js';
import { isServer } from './is-server.js';
import { keepSignal } from './keep-signal.js';
import { injectScheduler } from './provide-scheduler.js';

/** Options of {@link injectJobStatus} and of `injectStatuses`. */
export interface InjectStatusOptions {
  /**
   * Provides the scheduler. The signal lives as long as this injector.
   *
   * @default the present injection context
   */
  readonly injector?: Injector | undefined;
}

/**
 * The status of any job of the scheduler, as a signal.
 *
 * It is null until the next rendering, so the client starts with the same view as the server, and while there is no such job. On a server
 * it stays null.
 *
 * @param jobId the id, or a function that returns it. It may read signals: `injectJobStatus(() => this.jobId())` follows an input.
 * @param options the injector.
 * @returns the signal.
 * @throws InvalidOptionError if the id or an option is not valid.
 */
export function injectJobStatus(jobId: string | (() => string), options: InjectStatusOptions = {}): Signal<JobStatus | null> {
  checked<unknown>('injectJobStatus(jobId)', jobId, isJobId, 'a string that is not empty, or a function that returns one');
  checkKeys('injectJobStatus(options)', options, ['injector']);
  return inContext('injectJobStatus', injectJobStatus, options.injector, () => {
    const scheduler = injectScheduler();
    const status = signal<JobStatus | null>(null);
    const followed = computed(typeof jobId === 'function' ? jobId : () => jobId);
    const follow = (onCleanup: EffectCleanupRegisterFn): void => {
      const status$ = scheduler.status$(followed());
      const subscription = untracked(() => keepSignal(status, status$));
      onCleanup(() => {
        subscription.unsubscribe();
        status.set(null);
      });
    };
    if (!isServer()) afterRenderEffect(follow);
    return status.asReadonly();
  });
}

function isJobId(jobId: unknown): boolean {
  return typeof jobId === 'function' || (typeof jobId === 'string' && jobId !== '');
}
