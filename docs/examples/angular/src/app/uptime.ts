import { Injectable, signal } from '@angular/core';
import { intervalTrigger } from 'extended-scheduler';
import { injectScheduledJobs, scheduledJob } from 'extended-scheduler/angular';

/** How long the page has been alive: a decorated method of a service. */
@Injectable({ providedIn: 'root' })
export class Uptime {
  readonly seconds = signal(0);
  protected readonly jobs = injectScheduledJobs(this);

  @scheduledJob('uptime', intervalTrigger({ seconds: 1 }))
  tick(): void {
    this.seconds.update((seconds) => seconds + 1);
  }
}
