import { Injectable, Injector } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import type { JobRun } from 'extended-scheduler';
import { intervalTrigger, InvalidOptionError, Scheduler } from 'extended-scheduler';
import { injectScheduledJobs, provideJob, scheduledJob } from 'extended-scheduler/angular';
import { angularHarness } from '../support/test-bed.js';

/** What a compiler with `experimentalDecorators` makes of a decorated method. */
function decorateAsLegacy(decorator: unknown, prototype: object, name: string): void {
  (decorator as (target: object, key: string, descriptor: PropertyDescriptor | undefined) => void)(
    prototype,
    name,
    Object.getOwnPropertyDescriptor(prototype, name),
  );
}

describe('scheduledJob of the Angular entry point', () => {
  it('runs methods on their instance, with their arguments', async () => {
    const { clock } = angularHarness();
    @Injectable({ providedIn: 'root' })
    class Base {
      readonly calls: string[] = [];
      readonly jobs = injectScheduledJobs(this);

      @scheduledJob('run', intervalTrigger(1000), { maxRuns: 1 })
      run(run: JobRun): void {
        this.calls.push(run.jobId);
      }

      @scheduledJob('greet', intervalTrigger(1000), { maxRuns: 1, args: ['Ada'] })
      greet(name: string): string {
        this.calls.push(name);
        return name;
      }
    }
    const service = TestBed.inject(Base);
    TestBed.tick();
    await clock.advanceBy(1000);
    expect(service.calls).toEqual(['run', 'Ada']);
    expect(service.jobs.greet?.lastValue()).toBe('Ada');
  });

  it('works under experimentalDecorators, in derived classes too', async () => {
    const { clock } = angularHarness();
    class Base {
      readonly calls: string[] = [];
      readonly jobs = injectScheduledJobs(this);
      sweep(): void {
        this.calls.push('base');
      }
    }
    class Derived extends Base {
      override sweep(): void {
        this.calls.push('derived');
      }
      extra(): void {
        this.calls.push('extra');
      }
    }
    decorateAsLegacy(scheduledJob('sweep', intervalTrigger(1000), { maxRuns: 1 }), Base.prototype, 'sweep');
    decorateAsLegacy(scheduledJob('extra', intervalTrigger(1000), { maxRuns: 1 }), Derived.prototype, 'extra');
    const derived = TestBed.runInInjectionContext(() => new Derived());
    TestBed.tick();
    expect(Object.keys(derived.jobs)).toEqual(['sweep', 'extra']);
    await clock.advanceBy(1000);
    expect(derived.calls).toEqual(['derived', 'extra']);
    expect(Object.keys(TestBed.runInInjectionContext(() => new Base()).jobs)).toEqual(['sweep']);
  });

  it('does nothing if no method is marked', () => {
    angularHarness();
    expect(TestBed.runInInjectionContext(() => injectScheduledJobs({}))).toEqual({});
  });

  it('includes derived classes, whose marks come later with standard decorators', async () => {
    const { clock } = angularHarness();
    class Base {
      readonly calls: string[] = [];
      readonly jobs = injectScheduledJobs(this);

      @scheduledJob('sweep', intervalTrigger(1000), { maxRuns: 1 })
      sweep(): void {
        this.calls.push('base');
      }
    }
    class Derived extends Base {
      @scheduledJob('extra', intervalTrigger(1000), { maxRuns: 1 })
      extra(): void {
        this.calls.push('extra');
      }
      override sweep(): void {
        this.calls.push('derived');
      }
    }
    const derived = TestBed.runInInjectionContext(() => new Derived());
    TestBed.tick();
    expect(Object.keys(derived.jobs)).toEqual(['sweep', 'extra']);
    await clock.advanceBy(1000);
    expect(derived.calls).toEqual(['derived', 'extra']);
  });

  it('rejects a second call for an instance, and distinguishes private methods with the same name', () => {
    angularHarness();
    class Base {
      readonly jobs = injectScheduledJobs(this);
      @scheduledJob('base', intervalTrigger(1000))
      #sweep(): void {}
      sweep(): void {
        this.#sweep();
      }
    }
    class Derived extends Base {
      @scheduledJob('derived', intervalTrigger(1000))
      #sweep(): void {}
      override sweep(): void {
        this.#sweep();
      }
    }
    class Again extends Base {
      readonly again = injectScheduledJobs(this);
    }
    expect(Object.keys(TestBed.runInInjectionContext(() => new Derived()).jobs)).toEqual(['base', 'derived']);
    expect(() => TestBed.runInInjectionContext(() => new Again())).toThrowError(InvalidOptionError, /base class has not called it already/);
  });

  it('rejects a method that is marked twice, and an id of two methods', () => {
    angularHarness();
    class Base {
      readonly jobs = injectScheduledJobs(this);
      @scheduledJob('sweep', intervalTrigger(1000))
      sweep(): void {}
    }
    class Overriding extends Base {
      @scheduledJob('sweep.often', intervalTrigger(10))
      override sweep(): void {}
    }
    class Doubling extends Base {
      @scheduledJob('sweep', intervalTrigger(10))
      other(): void {}
    }
    const make = (Class: new () => unknown) => () => TestBed.runInInjectionContext(() => new Class());
    expect(make(Overriding)).toThrowError(InvalidOptionError, /a method that no other class of the instance marks, got "sweep"/);
    expect(make(Doubling)).toThrowError(InvalidOptionError, /an id that no other method of the instance has, got "sweep"/);
  });

  it('rejects anything but an instance method, with either kind of decorators', () => {
    const decorator = scheduledJob('a', intervalTrigger(1000));
    const asAny = decorator as (...args: unknown[]) => void;
    expect(() => {
      class Standard {
        @decorator
        static run(): void {}
      }
      return Standard;
    }).toThrowError(InvalidOptionError, /@scheduledJob: expected an instance method/);
    class Legacy {
      static run(): void {}
      get getter(): number {
        return 1;
      }
    }
    for (const [target, name] of [
      [Legacy, 'run'],
      [Legacy.prototype, 'getter'],
      [Legacy.prototype, 'nothing'],
    ] as const)
      expect(() => {
        decorateAsLegacy(decorator, target, name);
      }).toThrowError(InvalidOptionError, /an instance method/);
    expect(() => {
      asAny(Legacy);
    }).toThrowError(InvalidOptionError, /an instance method/);
    expect(() => {
      asAny(() => 1, { kind: 'getter', name: 'getter', static: false });
    }).toThrowError(InvalidOptionError, /an instance method/);
    expect(() => injectScheduledJobs(undefined as never)).toThrowError(InvalidOptionError, /injectScheduledJobs\(instance\)/);
  });
});

describe('provideJob', () => {
  it('schedules a method of a service, and creates the service at the first run', async () => {
    let made = 0;
    class Reports {
      readonly sent: number[] = [];
      constructor() {
        made++;
      }
      send(at: number): void {
        this.sent.push(at);
      }
    }
    const { clock } = angularHarness({
      providers: [
        { provide: Reports, useFactory: () => new Reports() },
        provideJob('reports', intervalTrigger(1000), (run) => TestBed.inject(Injector).get(Reports).send(run.fire.scheduledAt)),
        provideJob('args', intervalTrigger(1000), (name: string) => name, { args: ['Ada'] }),
      ],
    });
    TestBed.inject(Injector);
    TestBed.tick();
    expect(TestBed.inject(Scheduler).listJobs()).toEqual(['reports', 'args']);
    expect(made).toBe(0);
    await clock.advanceBy(2000);
    expect(TestBed.inject(Reports).sent).toEqual([1000, 2000]);
    expect(made).toBe(1);
  });

  it('throws for wrong arguments when the injector is created', () => {
    angularHarness({ providers: [provideJob('', intervalTrigger(1000), () => undefined)] });
    expect(() => TestBed.inject(Injector)).toThrowError(InvalidOptionError, /jobId/);
  });
});
