import { ChangeDetectionStrategy, Component } from '@angular/core';
import { JobTable } from '../jobs/job-table';
import { LoadCard } from './load-card';
import { StandUpCard } from './stand-up-card';
import { WaveCard } from './wave-card';

@Component({
  selector: 'app-dashboard',
  imports: [JobTable, LoadCard, StandUpCard, WaveCard],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1 class="unseen">Dashboard</h1>
    <app-wave-card class="panel wide" />
    <app-load-card class="panel" />
    <app-stand-up-card class="panel" />
    <section class="panel wide">
      <h2>All jobs</h2>
      <app-job-table />
    </section>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr));
      gap: 1.25rem;
    }
    .wide {
      grid-column: 1 / -1;
      min-width: 0;
    }
  `,
})
export class Dashboard {}
