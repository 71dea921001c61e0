import { Injector, assertInInjectionContext, runInInjectionContext, untracked } from '@angular/core';
import { InvalidOptionError } from '../errors/invalid-option-error.js';

/**
 * Does something in the context of the injector if one is given, else in the present one, which `caller` must then be called in. It is named
 * as well: minifiers rename functions. A reactive context is left: an effect may call these functions.
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
