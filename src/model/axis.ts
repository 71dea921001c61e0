/**
 * The time in which the instants of a timetable are counted:
 *
 * - `'wall'`: epoch ms. It continues while a job is paused (cron, one-time, intervals with a start or end time).
 * - `'elapsed'`: ms on the stopwatch of the job. It stops while the job is paused (timestamps, other intervals).
 */
export type Axis = 'wall' | 'elapsed';
