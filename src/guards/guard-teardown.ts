import type { Subscriber } from 'rxjs';

/**
 * Passes errors of a subscriber's teardown to `report`. RxJS throws them at the code that completes or unsubscribes: in a timer,
 * where they end a Node process, or in a loop over other jobs.
 */
export function guardTeardown(subscriber: Subscriber<never>, report: (error: unknown) => void): void {
  const unsubscribe = subscriber.unsubscribe.bind(subscriber);
  subscriber.unsubscribe = () => {
    try {
      unsubscribe();
    } catch (error) {
      report(error);
    }
  };
}
