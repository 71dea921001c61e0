import type { EnvironmentProviders, Provider } from '@angular/core';
import { ErrorHandler, PLATFORM_ID } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { provideScheduler, withClock } from 'extended-scheduler/angular';
import { VirtualClock } from 'extended-scheduler/testing';

import '@angular/compiler';

TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting());

/** Keeps what Angular's ErrorHandler is given. */
export class CapturedErrors implements ErrorHandler {
  readonly errors: unknown[] = [];
  handleError(error: unknown): void {
    this.errors.push(error);
  }
}

/** What the specs of the Angular entry point use. */
export interface AngularHarness {
  readonly clock: VirtualClock;
  readonly errors: unknown[];
}

/** Sets the TestBed up with a scheduler on a virtual clock, optionally as on a server. */
export function angularHarness({
  providers = [],
  server = false,
}: { providers?: readonly (Provider | EnvironmentProviders)[]; server?: boolean } = {}): AngularHarness {
  const clock = new VirtualClock(0);
  const captured = new CapturedErrors();
  TestBed.configureTestingModule({
    rethrowApplicationErrors: false,
    providers: [
      provideScheduler({ logger: false }, withClock(clock)),
      { provide: ErrorHandler, useValue: captured },
      ...(server ? [{ provide: PLATFORM_ID, useValue: 'server' }] : []),
      ...providers,
    ],
  });
  return { clock, errors: captured.errors };
}
