// What is measured with whom, at which sizes.

export interface Row {
  readonly cell: string;
  /** What the table is headed with. */
  readonly title: string;
  readonly subjects: readonly string[];
  /** Those of them that a quick run takes. */
  readonly quickSubjects?: readonly string[];
  readonly sizes: readonly number[];
  readonly quickSizes: readonly number[];
  /** The figure that is also given as a ratio to that of the subject named. */
  readonly ratio?: { readonly figure: string; readonly to: string };
  readonly inChrome?: boolean;
}

const timers = [
  'this package',
  'this package, slackMs 10',
  'raw setTimeout',
  'raw setTimeout on a grid',
  'bare intervalTrigger',
  'rxjs interval',
  'rxjs pipe',
];
const listening = [
  'this package',
  'this package, outcomes$',
  'this package, events of one type',
  'this package, events of a rare type',
  'this package, events$',
];
const toRaw = { figure: 'cpuUsPerFire', to: 'raw setTimeout' };
const cronPeers = ['croner', 'node-cron', 'cron', 'node-schedule', 'cron-schedule'];
const only = ['this package'];

export const plan: readonly Row[] = [
  {
    cell: 'firing',
    title: 'CPU per fire, jobs each second, spread over the second, no-op job',
    subjects: timers,
    quickSubjects: ['this package', 'raw setTimeout', 'rxjs pipe'],
    sizes: [1000, 10_000, 100_000],
    quickSizes: [10_000],
    ratio: toRaw,
    inChrome: true,
  },
  {
    cell: 'firing',
    title: 'CPU per fire: toad-scheduler, and croner by `* * * * * *`',
    subjects: ['raw setTimeout', 'toad-scheduler', 'croner'],
    sizes: [10_000],
    quickSizes: [],
    ratio: toRaw,
  },
  {
    cell: 'cronEachSecond',
    title: 'CPU per fire, cron jobs each second in New York (cron-schedule: in the zone of the host)',
    subjects: [...only, ...cronPeers],
    quickSubjects: ['this package', 'croner', 'node-cron'],
    sizes: [1000, 10_000],
    quickSizes: [1000],
    ratio: { figure: 'cpuUsPerFire', to: 'this package' },
  },
  {
    cell: 'lateness',
    title: 'Lateness and the event loop, jobs each second, spread over the second',
    subjects: ['this package', 'raw setTimeout', 'rxjs interval', 'rxjs pipe'],
    quickSubjects: ['this package', 'rxjs pipe'],
    sizes: [10_000, 100_000],
    quickSizes: [10_000],
    inChrome: true,
  },
  {
    cell: 'together',
    title: 'All jobs due in the same millisecond',
    subjects: only,
    sizes: [100_000],
    quickSizes: [10_000],
    inChrome: true,
  },
  {
    cell: 'holding',
    title: 'Adding, removing, and heap of a job that waits (cron peers: `0 9 * * *` in New York)',
    subjects: ['this package', 'raw setTimeout', 'rxjs interval', 'rxjs pipe'],
    sizes: [10_000, 100_000],
    quickSizes: [10_000],
    ratio: { figure: 'heapBytesPerJob', to: 'this package' },
  },
  {
    cell: 'holding',
    title: 'The same, packages that are slower to add',
    subjects: ['this package', 'toad-scheduler', ...cronPeers],
    sizes: [5000],
    quickSizes: [],
    ratio: { figure: 'heapBytesPerJob', to: 'this package' },
  },
  {
    cell: 'addingCron',
    title: 'Adding a cron job in New York: of one expression, of ever new ones',
    subjects: ['this package', 'croner', 'node-cron', 'cron', 'node-schedule'],
    quickSubjects: ['this package', 'croner', 'node-cron'],
    sizes: [5000],
    quickSizes: [2000],
    ratio: { figure: 'newUs', to: 'this package' },
  },
  {
    cell: 'control',
    title: 'Commands and statuses with many jobs',
    subjects: only,
    sizes: [10_000, 100_000],
    quickSizes: [100_000],
    inChrome: true,
  },
  {
    cell: 'statuses',
    title: '`statuses$` while all jobs fire each second',
    subjects: only,
    sizes: [10_000, 100_000],
    quickSizes: [10_000],
  },
  {
    cell: 'idle',
    title: 'CPU of jobs that only wait',
    subjects: [...only, 'raw setTimeout', 'rxjs interval'],
    sizes: [100_000],
    quickSizes: [100_000],
  },
  {
    cell: 'drift',
    title: 'A period of 20 ms with 6 ms of work',
    subjects: ['this package', 'raw setTimeout', 'rxjs interval', 'toad-scheduler'],
    quickSubjects: ['this package', 'rxjs interval'],
    sizes: [1],
    quickSizes: [1],
  },
  {
    cell: 'bursts',
    title: 'A period of 100 ms under bursts that block the event loop for 30 ms',
    subjects: ['this package', 'raw setTimeout', 'rxjs interval', 'toad-scheduler'],
    quickSubjects: ['this package', 'rxjs interval'],
    sizes: [1],
    quickSizes: [1],
  },
  {
    cell: 'distinct',
    title: 'CPU per fire, 1,000 jobs of distinct periods (700 to 1,699 ms)',
    subjects: ['this package', 'this package, slackMs 10', 'raw setTimeout'],
    sizes: [1000],
    quickSizes: [1000],
    ratio: toRaw,
  },
  {
    cell: 'listening',
    title: 'CPU per fire with one listener, jobs each second, spread over the second',
    subjects: listening,
    sizes: [10_000, 100_000],
    quickSizes: [10_000],
    ratio: { figure: 'cpuUsPerFire', to: 'this package' },
  },
  {
    cell: 'coming',
    title: '1,000 coming runs of a cron job in New York, warm',
    subjects: only,
    sizes: [1],
    quickSizes: [1],
    inChrome: true,
  },
  {
    cell: 'simulatedYear',
    title: 'A year of a minutely job with `simulate`, without events: with `promises: false`, and with promises that none waits for',
    subjects: only,
    sizes: [1],
    quickSizes: [1],
    inChrome: true,
  },
  {
    cell: 'virtualYear',
    title: 'A year of a minutely job in virtual time, full scheduler',
    subjects: only,
    sizes: [1],
    quickSizes: [1],
    inChrome: true,
  },
  {
    cell: 'virtualTests',
    title: 'Tests in virtual time: a year of a minutely async job; 10,000 jobs each 10 s for an hour; 50 cron jobs simulated for a year',
    subjects: only,
    sizes: [1],
    quickSizes: [1],
    inChrome: true,
  },
];
