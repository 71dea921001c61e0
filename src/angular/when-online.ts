import { Observable } from 'rxjs';

/**
 * A gate that is open while the browser has a network: `when: whenOnline()`. Outside browsers it is always open.
 *
 * A network does not guarantee a connection. Use `retry` for failed requests.
 *
 * @returns a gate for the option `when`.
 */
export function whenOnline(): Observable<boolean> {
  return new Observable((subscriber) => {
    const { window, navigator } = globalThis as Partial<typeof globalThis>;
    if (window === undefined || navigator === undefined) {
      subscriber.next(true);
      return undefined;
    }
    const emit = (): void => {
      subscriber.next(navigator.onLine);
    };
    window.addEventListener('online', emit);
    window.addEventListener('offline', emit);
    emit();
    return () => {
      window.removeEventListener('online', emit);
      window.removeEventListener('offline', emit);
    };
  });
}
