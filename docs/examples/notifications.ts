// The manual's Example 2: a notice in 5 seconds, a reminder in an hour, a summary every day at 6 PM.
import type { Scheduler } from 'extended-scheduler';

export type NotificationType = 'info' | 'success' | 'warning';

/** Sends a notification to a user. Here it passes the line to `print`. */
export type Notify = (userId: number, message: string, type?: NotificationType) => void;

export function notifier(print: (line: string) => void): Notify {
  return (userId, message, type = 'info') => {
    print(`[${type.toUpperCase()}] User ${String(userId)}: ${message}`);
  };
}

/** Adds the three notifications. The keyword arguments of Python are one more positional argument here. */
export function addNotifications(scheduler: Scheduler, notify: Notify): void {
  const now = scheduler.clock.now();

  scheduler.addOneTimeJob('urgent_notice', now + 5_000, notify, { args: [123, 'Your order has been shipped!', 'success'] });

  scheduler.addOneTimeJob('appointment_reminder', new Date(now + 3_600_000), notify, {
    args: [456, 'You have an appointment in 30 minutes', 'warning'],
  });

  scheduler.addCronJob('daily_summary', '0 18 * * *', notify, { args: [789, "Here's your daily activity summary", 'info'] });
}
