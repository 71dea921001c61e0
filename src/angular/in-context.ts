import { assertInInjectionContext, Injector, runInInjectionContext, untracked } from '@angular/core';
import { InvalidOptionError } from '../errors/invalid-option-error.js';

/**
 * Runs `work` in the context of an injector, or in the present injection context if there is none. It also leaves a reactive context, so an
 * effect may call it.
 *
 * @param name the name of `caller`, for errors: minifiers rename functions.
 */
export function inContext<T>(name: string, caller: (...args: never[]) => unknown, injector: Injector | undefined, work: () => T): T {
  if (injector === undefined) {
    assertInInjectionContext(caller);
    return untracked(work);
  }
  if (!isInjector(injector)) throw new InvalidOptionError(`${name}(options.injector)`, injector, 'an Injector');
  return runInInjectionContext(injector, () => untracked(work));
}

function isInjector(value: unknown): value is Injector {
  return typeof value === 'object' && value !== null && typeof (value as { get?: unknown }).get === 'function';
}
