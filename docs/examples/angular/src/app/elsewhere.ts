import { ChangeDetectionStrategy, Component } from '@angular/core';
import { JobTable } from './jobs/job-table';

/** A page without jobs of its own. */
@Component({
  selector: 'app-elsewhere',
  imports: [JobTable],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>Elsewhere</h1>
    <p>The jobs of the dashboard were removed when you left it, and what they were doing was cancelled. Those of the app go on.</p>
    <app-job-table />
  `,
  styles: `
    p {
      max-width: 40rem;
      color: var(--soft);
    }
  `,
})
export class Elsewhere {}
