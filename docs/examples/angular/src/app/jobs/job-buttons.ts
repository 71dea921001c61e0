import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { injectJobStatus, injectScheduler } from 'extended-scheduler/angular';

/** Pause, resume and run now, for the job of the given id. */
@Component({
  selector: 'app-job-buttons',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @if (status()?.status === 'paused') {
      <button type="button" class="main" (click)="scheduler.resumeJob(jobId())">Resume</button>
    } @else {
      <button type="button" [disabled]="status()?.status !== 'running'" (click)="scheduler.pauseJob(jobId())">Pause</button>
    }
    <button type="button" [disabled]="status() === null || status()?.isFinished" (click)="scheduler.runNow(jobId())">Run now</button>
  `,
  styles: `
    :host {
      display: inline-flex;
      gap: 0.4rem;
    }
    button {
      min-width: 5.2em;
      padding: 0.35rem 0.7rem;
      border: 1px solid var(--line);
      border-radius: 0.5rem;
      background: transparent;
      color: inherit;
      font: inherit;
      font-size: 0.85rem;
      cursor: pointer;
    }
    button:hover:enabled {
      border-color: var(--live);
    }
    button:disabled {
      opacity: 0.4;
      cursor: default;
    }
    .main {
      border-color: var(--warm);
      color: var(--warm);
    }
  `,
})
export class JobButtons {
  readonly jobId = input.required<string>();
  protected readonly scheduler = injectScheduler();
  protected readonly status = injectJobStatus(() => this.jobId());
}
