import { ChangeDetectionStrategy, Component, computed } from '@angular/core';
import { timestampTrigger } from 'extended-scheduler';
import { injectJob, whenVisible } from 'extended-scheduler/angular';
import { JobButtons } from '../jobs/job-buttons';

const FRAMES_PER_SECOND = 60;
const MINUTES = 10;
/** When each frame is due, in ms after the start of the film. */
const FRAMES = Array.from({ length: MINUTES * 60 * FRAMES_PER_SECOND }, (_, frame) => (frame * 1000) / FRAMES_PER_SECOND);
const PENDULUMS = 24;

/** A film of ten minutes: every frame is a fire, and its number is all that the picture depends on. */
@Component({
  selector: 'app-wave-card',
  imports: [JobButtons],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="head">
      <h2>Pendulums, 60 frames a second</h2>
      <output aria-label="Frame">frame {{ frame() }}</output>
      <app-job-buttons [jobId]="film.jobId" />
    </div>
    <svg viewBox="0 0 960 220" role="img" aria-label="A row of pendulums that run out of step and find together again">
      @for (pendulum of pendulums(); track $index) {
        <circle [attr.cx]="pendulum.x" [attr.cy]="pendulum.y" r="11" [attr.fill]="pendulum.colour" />
      }
    </svg>
  `,
  styles: `
    .head {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 0.5rem 1.25rem;
    }
    output {
      margin-left: auto;
      color: var(--soft);
      font-variant-numeric: tabular-nums;
    }
    svg {
      display: block;
      width: 100%;
      margin-top: 0.5rem;
    }
  `,
})
export class WaveCard {
  protected readonly film = injectJob('film', timestampTrigger(FRAMES), ({ fire }) => fire.index, { when: whenVisible() });
  protected readonly frame = computed(() => this.film.lastValue() ?? 0);
  protected readonly pendulums = computed(() =>
    Array.from({ length: PENDULUMS }, (_, index) => ({
      x: (20 + index * (920 / (PENDULUMS - 1))).toFixed(1),
      // each pendulum swings once more a minute than its neighbour
      y: (110 - 88 * Math.cos((2 * Math.PI * (14 + index) * this.frame()) / (60 * FRAMES_PER_SECOND))).toFixed(1),
      colour: `hsl(${160 - index * 6} 75% 58%)`,
    })),
  );
}
