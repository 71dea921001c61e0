import { HttpClient } from '@angular/common/http';
import { Injectable, inject, linkedSignal } from '@angular/core';
import type { Observable } from 'rxjs';
import { intervalTrigger } from 'extended-scheduler';
import { injectJob, whenAll, whenOnline, whenVisible } from 'extended-scheduler/angular';

/** What the server tells of itself. */
export interface Reading {
  readonly load: number;
  readonly requests: number;
}

/** How many readings are kept. */
export const KEPT = 40;

/** Asks the server how busy it is, once a second, for as long as the card lives that provides it. */
@Injectable()
export class LoadMonitor {
  private readonly http = inject(HttpClient);

  readonly job = injectJob('load', intervalTrigger({ seconds: 1 }), () => this.ask(), {
    overlap: 'skip',
    timeout: 800,
    retry: { count: 2, delayMs: 200 },
    when: whenAll(whenVisible(), whenOnline()),
    onServer: 'run', // the page has an initial value
  });

  /** The latest readings, the oldest first. */
  readonly readings = linkedSignal<Reading | undefined, readonly Reading[]>({
    source: this.job.lastValue,
    computation: (reading, before) => [...(before?.value ?? []), ...(reading === undefined ? [] : [reading])].slice(-KEPT),
  });

  /** When the run is called off, so is the request. */
  private ask(): Observable<Reading> {
    return this.http.get<Reading>('/api/load');
  }
}
