import { combineLatest, map } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';

/** A gate that is open while all of the given ones are: `when: whenAll(whenVisible(), whenOnline())`. */
export function whenAll(...gates: readonly [ObservableInput<boolean>, ...ObservableInput<boolean>[]]): Observable<boolean> {
  return combineLatest(gates).pipe(map((open) => open.every(Boolean)));
}
