// The manual's Example 4: open at 9, close at 5, process orders every half an hour in between, in New York.
import type { Scheduler } from 'extended-scheduler';

export interface Business {
  start(): void;
  stop(): void;
  processOrders(): void;
}

export function addBusinessHours(scheduler: Scheduler, business: Business): void {
  const timezone = 'America/New_York';
  scheduler.addCronJob('business_start', '0 9 * * MON-FRI', () => business.start(), { timezone });
  scheduler.addCronJob('business_stop', '0 17 * * MON-FRI', () => business.stop(), { timezone });
  scheduler.addCronJob('order_processing', '*/30 9-16 * * MON-FRI', () => business.processOrders(), { timezone });
}
