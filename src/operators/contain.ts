import type { Subscriber } from 'rxjs';

/**
 * Hands what the teardown of a subscriber throws to `report`. RxJS throws it at whoever completes or unsubscribes: at a timer,
 * where it ends a Node process, or at the loop that has others to look after.
 */
export function contain(subscriber: Subscriber<never>, report: (error: unknown) => void): void {
  const unsubscribe = subscriber.unsubscribe.bind(subscriber);
  subscriber.unsubscribe = () => {
    try {
      unsubscribe();
    } catch (error) {
      report(error);
    }
  };
}
