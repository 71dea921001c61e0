import { cronTrigger, customTrigger, filterTrigger, intervalTrigger, oneTimeTrigger, triggerOf, unionTrigger } from 'extended-scheduler';
import { NEVER, of } from 'rxjs';
import { harness, NEW_YEAR } from '../support/scheduler-harness.js';

describe('Scheduler.describeJob', () => {
  it('has the trigger in words and as a definition, and all options with their defaults', () => {
    const { scheduler, clock } = harness();
    clock.advanceBySync(5);
    scheduler.addCronJob('report', '0 9 * * MON-FRI', () => undefined, { timezone: 'America/New_York', startTime: NEW_YEAR });
    expect(scheduler.describeJob('report')).toEqual({
      jobId: 'report',
      triggerType: 'cron',
      text: '0 9 * * MON-FRI, America/New_York, from 2026-01-01 00:00 (UTC)',
      definition: { type: 'cron', expression: '0 9 * * MON-FRI', timezone: 'America/New_York', startTime: NEW_YEAR },
      axis: 'wall',
      timezone: 'America/New_York',
      startTime: NEW_YEAR,
      endTime: null,
      addedAt: NEW_YEAR + 5,
      policies: {
        maxRuns: null,
        overlap: 'skip',
        concurrency: 1000,
        queueLimit: 1000,
        misfire: 'once',
        misfireLimit: 100,
        graceMs: 1000,
        whilePaused: 'skip',
        retry: null,
        timeoutMs: null,
        jitterMs: 0,
        onError: 'continue',
        removeOnComplete: false,
        startPaused: false,
        keepLastValue: false,
        when: false,
        completeWhen: false,
        around: false,
      },
      origins: jasmine.objectContaining({ overlap: 'default', maxRuns: 'default', timeoutMs: 'default' }) as never,
    });
  });

  it('is frozen and JSON-safe: functions and infinity have a name', () => {
    const { scheduler } = harness();
    scheduler.addIntervalJob('a', { seconds: 20 }, () => undefined, {
      retry: { count: Infinity, delayMs: () => 5 },
      timeout: { seconds: 3 },
      graceMs: Infinity,
      concurrency: Infinity,
      when: of(true),
      completeWhen: () => false,
      around: (_run, next) => next(),
      keepLastValue: true,
    });
    const description = scheduler.describeJob('a');
    expect(JSON.parse(JSON.stringify(description))).toEqual(description);
    expect(description?.policies).toEqual(
      jasmine.objectContaining({
        retry: { count: null, delayMs: 'function', maxDelayMs: null, jitterRatio: 0, whenClosed: 'continue' },
        timeoutMs: 3000,
        graceMs: null,
        concurrency: null,
        when: true,
        completeWhen: true,
        around: true,
        keepLastValue: true,
      }),
    );
    expect(
      [description, description?.policies, description?.origins, description?.policies.retry].every((part) => Object.isFrozen(part)),
    ).toBeTrue();
  });

  it('says where each option comes from', () => {
    const { scheduler } = harness({ defaults: { timeout: 500, maxRuns: 9, retry: 2, whilePaused: 'catch-up' } });
    scheduler.addJob('a', intervalTrigger(1000, { maxRuns: 3 }), () => undefined, { overlap: 'queue', retry: 1 });
    scheduler.addJob(
      'b',
      filterTrigger(cronTrigger('* * * * *', { misfire: 'all' }), () => true),
      () => undefined,
    );
    const [a, b] = [scheduler.describeJob('a'), scheduler.describeJob('b')];
    expect(a?.policies).toEqual(jasmine.objectContaining({ maxRuns: 3, overlap: 'queue', timeoutMs: 500, whilePaused: 'freeze' }));
    expect(a?.origins).toEqual(
      jasmine.objectContaining({
        maxRuns: 'trigger',
        overlap: 'job',
        retry: 'job',
        timeoutMs: 'registry',
        whilePaused: 'default',
        misfire: 'default',
      }),
    );
    expect(b?.policies).toEqual(jasmine.objectContaining({ maxRuns: 9, misfire: 'all', whilePaused: 'catch-up' }));
    expect(b?.origins).toEqual(jasmine.objectContaining({ maxRuns: 'registry', misfire: 'trigger', whilePaused: 'registry' }));
    expect([b?.definition, b?.text]).toEqual([null, '* * * * *, UTC, filtered']);
  });

  it('describes plain Observables, custom triggers and unions', () => {
    const { scheduler } = harness();
    scheduler.addJob('plain', NEVER, () => undefined);
    scheduler.addJob('custom', customTrigger({ axis: 'elapsed', next: (after) => after + 5 }, { name: 'fives' }), () => undefined);
    const newYork = cronTrigger('0 9 * * *', { timezone: 'America/New_York' });
    scheduler.addJob('one zone', unionTrigger(newYork, oneTimeTrigger(NEW_YEAR + 5)), () => undefined);
    scheduler.addJob('two zones', unionTrigger(newYork, cronTrigger('* * * * *')), () => undefined);
    const seen = scheduler.listJobs().map((jobId) => scheduler.describeJob(jobId));
    expect(seen.map((one) => [one?.triggerType, one?.axis, one?.timezone, one?.text])).toEqual([
      ['observable', null, null, 'observable'],
      ['custom', 'elapsed', null, 'custom: fives'],
      ['union', 'wall', null, '0 9 * * *, America/New_York; once at 2026-01-01 00:00:00.005 (UTC)'],
      ['union', 'wall', null, '0 9 * * *, America/New_York; * * * * *, UTC'],
    ]);
  });

  it('follows reschedule, and its definition makes an equal trigger', () => {
    const { scheduler } = harness();
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.reschedule('a', cronTrigger('*/5 * * * *'));
    const definition = scheduler.describeJob('a')?.definition;
    expect(definition === undefined || definition === null ? null : triggerOf(definition).text).toBe('*/5 * * * *, UTC');
  });

  it('is null for an unknown job', () => {
    expect(harness().scheduler.describeJob('nobody')).toBeNull();
  });
});
