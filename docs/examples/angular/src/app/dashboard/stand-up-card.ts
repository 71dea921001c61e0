import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { JobButtons } from '../jobs/job-buttons';
import { StandUp, ZONES } from './stand-up';
import type { Zone } from './stand-up';

@Component({
  selector: 'app-stand-up-card',
  imports: [JobButtons],
  providers: [StandUp],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2>Stand-up at nine</h2>
    <label>
      in
      <select (change)="choose($event)">
        @for (zone of zones; track zone) {
          <option [value]="zone" [selected]="zone === standUp.zone()">{{ zone }}</option>
        }
      </select>
    </label>
    <ol>
      @for (at of standUp.upcoming(); track $index) {
        <li>
          <span>{{ show(at, standUp.zone()) }}</span>
          <small>{{ show(at) }} here</small>
        </li>
      } @empty {
        <li><span>–</span></li>
      }
    </ol>
    <div class="foot">
      <small>rung {{ standUp.rung() }} {{ standUp.rung() === 1 ? 'time' : 'times' }}</small>
      <app-job-buttons [jobId]="standUp.job.jobId" />
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
    }
    label {
      color: var(--soft);
    }
    select {
      margin-left: 0.4rem;
      padding: 0.35rem 0.6rem;
      border: 1px solid var(--line);
      border-radius: 0.5rem;
      background: var(--ground);
      color: var(--ink);
      font: inherit;
    }
    ol {
      min-height: 6.6rem;
      margin: 1rem 0 auto;
      padding: 0;
      list-style: none;
    }
    li {
      display: flex;
      justify-content: space-between;
      gap: 0 1rem;
      flex-wrap: wrap;
      padding: 0.3rem 0;
      white-space: nowrap;
      font-variant-numeric: tabular-nums;
    }
    li:first-child span {
      color: var(--live);
      font-weight: 600;
    }
  `,
})
export class StandUpCard {
  protected readonly standUp = inject(StandUp);
  protected readonly zones = ZONES;

  protected choose(event: Event): void {
    this.standUp.choose((event.target as HTMLSelectElement).value as Zone);
  }

  protected show(at: number, timeZone?: string): string {
    return new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone,
    }).format(at);
  }
}
