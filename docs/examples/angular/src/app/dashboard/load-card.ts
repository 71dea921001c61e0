import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { JobButtons } from '../jobs/job-buttons';
import { KEPT, LoadMonitor } from './load-monitor';

const WIDTH = 400;
const HEIGHT = 110;

@Component({
  selector: 'app-load-card',
  imports: [JobButtons],
  providers: [LoadMonitor],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h2>Load of the server</h2>
    <p class="value">
      <output aria-label="Load">{{ load() }}</output>
      <small>answer {{ monitor.job.lastValue()?.requests ?? '–' }}</small>
    </p>
    <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
      <polyline [attr.points]="line()" />
    </svg>
    <div class="foot">
      <small>{{ state() }}</small>
      <app-job-buttons [jobId]="monitor.job.jobId" />
    </div>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
    }
    svg {
      width: 100%;
      height: 6.5rem;
      margin-bottom: auto;
    }
    polyline {
      fill: none;
      stroke: var(--live);
      stroke-width: 2;
      stroke-linejoin: round;
      vector-effect: non-scaling-stroke;
    }
  `,
})
export class LoadCard {
  protected readonly monitor = inject(LoadMonitor);
  protected readonly load = computed(() => this.monitor.job.lastValue()?.load.toFixed(2) ?? '–');
  protected readonly state = computed(() => {
    const status = this.monitor.job.status();
    if (status?.gate === 'closed') return 'waits: the page is hidden, or there is no network';
    if (status?.status === 'paused') return 'paused';
    return 'once a second, up to three tries of 0.8 s';
  });
  protected readonly line = computed(() => {
    const readings = this.monitor.readings();
    const highest = Math.max(1, ...readings.map(({ load }) => load));
    const step = WIDTH / (KEPT - 1);
    return readings
      .map(
        ({ load }, index) =>
          `${(WIDTH - (readings.length - 1 - index) * step).toFixed(1)},${(HEIGHT - 6 - (load / highest) * (HEIGHT - 12)).toFixed(1)}`,
      )
      .join(' ');
  });
}
