import { Observable } from 'rxjs';

/**
 * A gate that is open while the page is visible: `when: whenVisible()`. Without a document, as on a server, it is always open.
 *
 * ```text
 * tab           shown-----|hidden----|shown---
 * whenVisible   t---------f----------t--------
 * ```
 *
 * @returns a gate for the option `when`.
 */
export function whenVisible(): Observable<boolean> {
  return new Observable((subscriber) => {
    const { document } = globalThis as Partial<typeof globalThis>;
    if (document === undefined) {
      subscriber.next(true);
      return undefined;
    }
    const emit = (): void => {
      subscriber.next(document.visibilityState === 'visible');
    };
    document.addEventListener('visibilitychange', emit);
    emit();
    return () => {
      document.removeEventListener('visibilitychange', emit);
    };
  });
}
