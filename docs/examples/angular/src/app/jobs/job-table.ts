import { ChangeDetectionStrategy, Component, computed } from '@angular/core';
import type { JobStatus } from 'extended-scheduler';
import { injectStatuses } from 'extended-scheduler/angular';
import { JobButtons } from './job-buttons';
import { clockTime } from './clock-time';

/** All jobs of the scheduler, live. */
@Component({
  selector: 'app-job-table',
  imports: [JobButtons],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Job</th>
            <th scope="col">State</th>
            <th scope="col">Trigger</th>
            <th scope="col" class="number">Fires</th>
            <th scope="col" class="number">Succeeded</th>
            <th scope="col" class="number">Failed</th>
            <th scope="col" class="number">Skipped</th>
            <th scope="col">Next run</th>
            <th scope="col"><span class="unseen">What to do</span></th>
          </tr>
        </thead>
        <tbody>
          @for (job of jobs(); track job.jobId) {
            <tr [attr.data-job]="job.jobId">
              <th scope="row">{{ job.jobId }}</th>
              <td><span class="state" [class]="stateOf(job)">{{ stateOf(job) }}</span></td>
              <td class="soft">{{ job.triggerType }}</td>
              <td class="number">{{ job.fireCount }}</td>
              <td class="number">{{ job.outcomes.succeeded }}</td>
              <td class="number">{{ job.outcomes.failed }}</td>
              <td class="number">{{ job.outcomes.skipped }}</td>
              <td class="time">{{ timeOf(job.nextRunTime) }}</td>
              <td><app-job-buttons [jobId]="job.jobId" /></td>
            </tr>
          } @empty {
            <tr>
              <td colspan="9" class="soft">The jobs start when the page is alive.</td>
            </tr>
          }
        </tbody>
      </table>
    </div>
  `,
  styles: `
    .scroll {
      overflow-x: auto;
    }
    table {
      width: 100%;
      border-collapse: collapse;
      font-size: 0.9rem;
      white-space: nowrap;
    }
    th,
    td {
      padding: 0.55rem 0.75rem;
      border-bottom: 1px solid var(--line);
      text-align: left;
    }
    th:first-child,
    td:first-child {
      padding-left: 0;
    }
    td:last-child {
      padding-right: 0;
      text-align: right;
    }
    thead th {
      color: var(--soft);
      font-weight: 500;
      font-size: 0.8rem;
    }
    tbody tr:last-child > * {
      border-bottom: 0;
    }
    .number {
      text-align: right;
    }
    .number,
    .time {
      font-variant-numeric: tabular-nums;
    }
    .soft {
      color: var(--soft);
    }
    .state::before {
      content: '';
      display: inline-block;
      width: 0.55em;
      height: 0.55em;
      margin-right: 0.5em;
      border-radius: 50%;
      background: var(--soft);
    }
    .running::before {
      background: var(--live);
    }
    .paused::before,
    .waiting::before {
      background: var(--warm);
    }
  `,
})
export class JobTable {
  private readonly statuses = injectStatuses();
  protected readonly jobs = computed(() => Object.values(this.statuses()));
  protected readonly timeOf = clockTime;

  /** A running job whose gate is closed waits for it to open. */
  protected stateOf({ status, gate }: JobStatus): string {
    return status === 'running' && gate === 'closed' ? 'waiting' : status;
  }
}
