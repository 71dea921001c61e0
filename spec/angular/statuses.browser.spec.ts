import { Component, effect, Injector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { InvalidOptionError, Scheduler } from 'extended-scheduler';
import { injectJobStatus, injectStatuses } from 'extended-scheduler/angular';
import { angularHarness } from '../support/test-bed.js';

describe('injectJobStatus', () => {
  it('is null before the next rendering, then follows the job', async () => {
    const { clock } = angularHarness();
    const scheduler = TestBed.inject(Scheduler);
    scheduler.addIntervalJob('tick', 1000, () => undefined);
    const status = injectJobStatus('tick', { injector: TestBed.inject(Injector) });
    expect(status()).toBeNull();
    TestBed.tick();
    expect(status()?.status).toBe('running');
    await clock.advanceBy(2000);
    expect(status()?.executionCount).toBe(2);
    scheduler.removeJob('tick');
    expect(status()).toBeNull();
    scheduler.addIntervalJob('tick', 500, () => undefined);
    expect(status()?.nextRunTime).toBe(2500);
  });

  it('follows an input, and unsubscribes from the previous job', async () => {
    const { clock } = angularHarness();
    const scheduler = TestBed.inject(Scheduler);
    scheduler.addIntervalJob('a', 1000, () => undefined);
    scheduler.addIntervalJob('b', 250, () => undefined);
    @Component({ template: '{{ status()?.jobId }} {{ status()?.executionCount }}', inputs: ['jobId'] })
    class Row {
      private readonly id = signal('');
      readonly status = injectJobStatus(() => this.id());
      set jobId(jobId: string) {
        this.id.set(jobId); // signal inputs are for compilers
      }
    }
    const fixture = TestBed.createComponent(Row);
    fixture.componentRef.setInput('jobId', 'a');
    await clock.advanceBy(1000);
    await fixture.whenStable();
    const text = (): string | null => (fixture.nativeElement as HTMLElement).textContent;
    expect(text()).toBe('a 1');
    fixture.componentRef.setInput('jobId', 'b');
    await fixture.whenStable();
    expect(text()).toBe('b 4');
    await clock.advanceBy(1000);
    await fixture.whenStable();
    expect(text()).toBe('b 8');
    fixture.destroy();
    await clock.advanceBy(1000);
    expect(fixture.componentInstance.status()).toBeNull();
  });
});

describe('injectJobStatus, wrongly or oddly used', () => {
  it('rejects wrong ids and options', () => {
    angularHarness();
    const made = (...args: unknown[]): unknown =>
      TestBed.runInInjectionContext(() => (injectJobStatus as (...args: unknown[]) => unknown)(...args));
    expect(() => made(42)).toThrowError(InvalidOptionError, /injectJobStatus\(jobId\): expected a string that is not empty, or a function/);
    expect(() => made('')).toThrowError(InvalidOptionError, /jobId/);
    expect(() => made('a', null)).toThrowError(InvalidOptionError, 'injectJobStatus(options): expected an object, got null');
    expect(() => made('a', { injektor: 1 })).toThrowError(InvalidOptionError, /injectJobStatus\(options\).*"injektor"/);
    expect(() => TestBed.runInInjectionContext(() => injectStatuses(TestBed.inject(Injector) as never))).toThrowError(InvalidOptionError);
  });

  it('is null while its function throws, and comes back', () => {
    const { errors } = angularHarness();
    TestBed.inject(Scheduler).addIntervalJob('a', 1000, () => undefined);
    const id = signal('a');
    const jobId = (): string => {
      if (id() === '') throw new Error('no id');
      return id();
    };
    const status = injectJobStatus(jobId, { injector: TestBed.inject(Injector) });
    TestBed.tick();
    expect(status()?.jobId).toBe('a');
    id.set('');
    TestBed.tick();
    expect(status()).toBeNull();
    expect(errors.map(String)).toEqual(['Error: no id']);
    id.set('a');
    TestBed.tick();
    expect(status()?.jobId).toBe('a');
  });

  it('keeps the subscription while the id is the same', () => {
    angularHarness();
    const follow = spyOn(TestBed.inject(Scheduler), 'status$').and.callThrough();
    const row = signal({ jobId: 'a' });
    injectJobStatus(() => row().jobId, { injector: TestBed.inject(Injector) });
    for (let change = 0; change < 5; change++) {
      row.set({ jobId: 'a' });
      TestBed.tick();
    }
    expect(follow).toHaveBeenCalledTimes(1);
  });

  it('may be called in an effect', () => {
    angularHarness();
    TestBed.inject(Scheduler).addIntervalJob('a', 1000, () => undefined);
    const injector = TestBed.inject(Injector);
    let status = (): unknown => null;
    effect(
      () => {
        status = injectJobStatus('a', { injector });
      },
      { injector },
    );
    TestBed.tick();
    TestBed.tick();
    expect(status()).not.toBeNull();
  });

  it('is null on a server, and injectStatuses is empty', () => {
    angularHarness({ server: true });
    TestBed.inject(Scheduler).addIntervalJob('a', 1000, () => undefined);
    const injector = TestBed.inject(Injector);
    const status = injectJobStatus('a', { injector });
    const statuses = injectStatuses({ injector });
    TestBed.tick();
    expect([status(), statuses()]).toEqual([null, {}]);
  });
});

describe('injectStatuses', () => {
  it('is empty before the next rendering, then shows all jobs, at most each 100 ms', async () => {
    const { clock } = angularHarness();
    const scheduler = TestBed.inject(Scheduler);
    scheduler.addIntervalJob('fast', 10, () => undefined);
    scheduler.addIntervalJob('slow', 10_000, () => undefined);
    @Component({ template: '' })
    class Table {
      readonly statuses = injectStatuses();
    }
    const fixture = TestBed.createComponent(Table);
    const { statuses } = fixture.componentInstance;
    expect(statuses()).toEqual({});
    await fixture.whenStable();
    const first = statuses();
    expect(Object.keys(first)).toEqual(['fast', 'slow']);
    await clock.advanceBy(1000);
    expect(statuses().fast?.executionCount).toBe(100);
    expect(statuses().slow).toBe(first.slow);
    fixture.destroy();
    await clock.advanceBy(1000);
    expect(statuses().fast?.executionCount).toBe(100);
  });
});
