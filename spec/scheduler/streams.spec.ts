import type { JobStatus, Statuses } from 'extended-scheduler';
import { of } from 'rxjs';
import { word } from '../support/event-log.js';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

const brief = (status: JobStatus | null): string => (status === null ? 'null' : `${status.status} ${String(status.executionCount)}`);

describe('status$', () => {
  it('emits null, then each status, the final removed, null, and follows a later job with the id', () => {
    const { scheduler, clock } = harness();
    const seen: string[] = [];
    scheduler.status$('a').subscribe((status) => {
      const text = brief(status);
      if (seen.at(-1) !== text) seen.push(text);
    });
    scheduler.addIntervalJob('a', 10, () => undefined);
    clock.advanceBySync(20);
    scheduler.pauseJob('a');
    scheduler.removeJob('a');
    scheduler.addIntervalJob('a', 10, () => undefined, { maxRuns: 1 });
    clock.advanceBySync(10);
    expect(seen).toEqual([
      'null',
      'running 0',
      'running 1',
      'running 2',
      'paused 2',
      'removed 2',
      'null',
      'running 0',
      'running 1',
      'completed 1',
    ]);
  });

  it('emits the present status at once, even to a late listener', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('a', 10, () => undefined);
    clock.advanceBySync(30);
    const seen: string[] = [];
    scheduler
      .status$('a')
      .subscribe((status) => seen.push(brief(status)))
      .unsubscribe();
    expect(seen).toEqual(['running 3']);
  });

  it('is what getJobStatus says at that moment', () => {
    const { scheduler, clock } = harness();
    let same = 0;
    scheduler.addIntervalJob('a', 10, () => undefined);
    scheduler.status$('a').subscribe((status) => {
      expect(status).toEqual(scheduler.getJobStatus('a'));
      same++;
    });
    clock.advanceBySync(30);
    expect(same).toBe(13); // the present one, then fired, armed, started, succeeded three times
  });

  it('ends with removed, null and completion at shutdown', async () => {
    const { scheduler } = harness();
    const seen: string[] = [];
    scheduler.addIntervalJob('a', 10, () => undefined);
    scheduler.status$('a').subscribe({ next: (status) => seen.push(brief(status)), complete: () => seen.push('|') });
    await scheduler.shutdown();
    expect(seen).toEqual(['running 0', 'removed 0', 'null', '|']);
  });
});

describe('events$', () => {
  it('emits all events of all jobs in the order in which they took effect, even if a listener acts on them', () => {
    const { scheduler, log, clock } = harness();
    const second: string[] = [];
    scheduler.events$.subscribe((event) => {
      if (event.type === 'fired' && event.jobId === 'a') {
        scheduler.pauseJob('a');
        scheduler.addJob('b', of(1), () => undefined);
        scheduler.resumeJob('a');
      }
    });
    scheduler.events$.subscribe((event) => second.push(`${event.jobId}:${word(event, NEW_YEAR)}`));
    scheduler.addIntervalJob('a', 10, () => undefined, { maxRuns: 1 });
    clock.advanceBySync(10);
    const first = log.events.map((event) => `${event.jobId}:${word(event, NEW_YEAR)}`);
    expect(second).toEqual(first);
    expect(log.text('a')).toBe('added armed@10 fired#0 paused resumed started#0 succeeded#0 completed');
    expect(log.text('b')).toBe('added fired#0 started#0 succeeded#0 completed');
  });

  it('continues after a listener that throws, and logs the error', () => {
    const { scheduler, clock, log, lines } = harness();
    scheduler.events$.subscribe(() => {
      throw new Error('listener');
    });
    scheduler.status$('a').subscribe({
      next: () => {
        throw new Error('status listener');
      },
    });
    scheduler.addIntervalJob('a', 10, () => undefined, { maxRuns: 1 });
    clock.advanceBySync(10);
    expect(log.text()).toBe('added armed@10 fired#0 started#0 succeeded#0 completed');
    expect(lines).toContain('error a listener of events$ threw: Error: listener');
    expect(lines).toContain('error a listener of status$("a") threw: Error: status listener');
  });
});

describe('values$', () => {
  it('emits the values of the runs of one job', async () => {
    const { scheduler, clock } = harness();
    const seen: unknown[] = [];
    scheduler.values$<number>('a').subscribe((value) => seen.push(value));
    scheduler.addIntervalJob('a', 10, (run) => of(run.fire.index, 'x'), { maxRuns: 2 });
    scheduler.addIntervalJob('b', 10, () => Promise.resolve('other'), { maxRuns: 2 });
    await clock.advanceBy(50);
    expect(seen).toEqual([0, 'x', 1, 'x']);
  });
});

describe('statuses$', () => {
  it('emits all at once, then at most every 100 ms', () => {
    const { scheduler, clock } = harness();
    scheduler.addIntervalJob('a', 10, () => undefined);
    const at: number[] = [];
    const start = clock.now();
    scheduler.statuses$.subscribe(() => at.push(clock.now() - start));
    clock.advanceBySync(350);
    expect(at).toEqual([0, 100, 200, 300]);
  });

  it('keeps the identity of the status of a job without an event', () => {
    const { scheduler, clock } = harness();
    const pictures: Statuses[] = [];
    scheduler.addIntervalJob('busy', 10, () => undefined);
    scheduler.addIntervalJob('idle', 60_000, () => undefined);
    scheduler.statuses$.subscribe((statuses) => pictures.push(statuses));
    clock.advanceBySync(200);
    const [first, second, third] = pictures;
    expect(second?.idle).toBeDefined();
    expect(second?.idle === first?.idle).toBeTrue();
    expect(second?.busy === first?.busy).toBeFalse();
    expect(third?.busy?.executionCount).toBe(20);
  });

  it('shows jobs that come and go, and every id', () => {
    const { scheduler, clock } = harness();
    const ids: string[] = [];
    scheduler.statuses$.subscribe((statuses) => ids.push(Object.keys(statuses).sort().join()));
    scheduler.addIntervalJob('a', 60_000, () => undefined);
    scheduler.addIntervalJob('__proto__', 60_000, () => undefined);
    clock.advanceBySync(100);
    scheduler.removeJob('a');
    clock.advanceBySync(100);
    clock.advanceBySync(1000);
    expect(ids).toEqual(['', '__proto__,a', '__proto__']);
  });

  it('reads many jobs slice by slice, and emits all of them', () => {
    const { scheduler, clock } = harness({ logger: false });
    for (let job = 0; job < 5000; job++) scheduler.addIntervalJob(`job ${String(job)}`, 60_000, () => undefined);
    const sizes: number[] = [];
    scheduler.statuses$.subscribe((statuses) => sizes.push(Object.keys(statuses).length));
    clock.advanceBySync(60_000);
    clock.advanceBySync(200);
    expect(sizes).toEqual([5000, 5000]);
  });

  it('costs nothing without a subscription: no timer is left', () => {
    const { scheduler, clock } = harness();
    const subscription = scheduler.statuses$.subscribe();
    scheduler.addJob('a', of(1), () => undefined);
    expect(clock.pending.length).toBe(1);
    subscription.unsubscribe();
    expect(clock.pending.length).toBe(0);
  });
});
