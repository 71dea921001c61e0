import { Observable } from 'rxjs';

/**
 * A gate that is open while the browser has a network: `when: whenOnline()`. Outside of browsers it is open.
 *
 * A network is not yet a connection: what the request itself meets is a matter for `retry`.
 */
export function whenOnline(): Observable<boolean> {
  return new Observable((subscriber) => {
    const { window, navigator } = globalThis as Partial<typeof globalThis>;
    if (window === undefined || navigator === undefined) {
      subscriber.next(true);
      return undefined;
    }
    const tell = (): void => {
      subscriber.next(navigator.onLine);
    };
    window.addEventListener('online', tell);
    window.addEventListener('offline', tell);
    tell();
    return () => {
      window.removeEventListener('online', tell);
      window.removeEventListener('offline', tell);
    };
  });
}
