import type { Observable, ObservableInput } from 'rxjs';
import { combineLatest, isObservable, map } from 'rxjs';
import { checked } from '../checks/check.js';
import { InvalidOptionError } from '../errors/invalid-option-error.js';

/**
 * A gate that is open while all given gates are open: `when: whenAll(whenVisible(), whenOnline())`.
 *
 * @param gates one or more gates.
 * @returns a gate for the option `when`.
 * @throws InvalidOptionError if there is no gate, or if one is not a gate.
 */
export function whenAll(...gates: readonly [ObservableInput<boolean>, ...ObservableInput<boolean>[]]): Observable<boolean> {
  if (gates.length < 1) throw new InvalidOptionError('whenAll(...gates)', gates, 'at least one gate');
  for (const gate of gates) checked<unknown>('whenAll(...gates)', gate, isGate, 'Observables, promises or AsyncIterables of booleans');
  return combineLatest(gates).pipe(map((open) => open.every(Boolean)));
}

function isGate(gate: unknown): boolean {
  return isObservable(gate) || (typeof gate === 'object' && gate !== null && ('then' in gate || Symbol.asyncIterator in gate));
}
