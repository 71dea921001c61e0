// The manual's Example 3: 120 frames at 60 a second, paused after half a second, resumed after two.
import type { Scheduler } from 'extended-scheduler';

/** When each of the 120 frames is due, in ms after the start. */
export const frameTimes: readonly number[] = Array.from({ length: 120 }, (_, frame) => Math.trunc((frame * 1000) / 60));

/** Adds the animation: `render` gets the number of the frame, which is a placeholder in the manual. */
export function addAnimation(scheduler: Scheduler, render: (frame: number, objectId: string) => void): void {
  scheduler.addTimestampJob('animation_1', frameTimes, (run) => render(run.fire.index, 'ball'));
}

/** Pauses after 500 ms and resumes 2 s later, with two more jobs instead of sleeping. */
export function addIntermission(scheduler: Scheduler): void {
  const start = scheduler.clock.now();
  scheduler.addOneTimeJob('pause', start + 500, () => scheduler.pauseJob('animation_1'));
  scheduler.addOneTimeJob('resume', start + 2_500, () => scheduler.resumeJob('animation_1'));
}
