import { Component, Injector, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Scheduler } from 'extended-scheduler';
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

  it('follows an input, and lets go of what it followed', async () => {
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
    expect(fixture.componentInstance.status()?.executionCount).toBe(8);
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
