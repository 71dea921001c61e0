import { Observable } from 'rxjs';

/**
 * A gate that is open while the page can be seen: `when: whenVisible()`. Where there is no document, on a server, it is open.
 *
 * ```text
 * tab           shown-----|hidden----|shown---
 * whenVisible   t---------f----------t--------
 * ```
 */
export function whenVisible(): Observable<boolean> {
  return new Observable((subscriber) => {
    const { document } = globalThis as Partial<typeof globalThis>;
    if (document === undefined) {
      subscriber.next(true);
      return undefined;
    }
    const tell = (): void => {
      subscriber.next(document.visibilityState === 'visible');
    };
    document.addEventListener('visibilitychange', tell);
    tell();
    return () => {
      document.removeEventListener('visibilitychange', tell);
    };
  });
}
