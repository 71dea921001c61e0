import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { cronTimetable } from '../../src/cron/cron-timetable.js';
import { wait } from '../support/waiting.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('a shared cron timetable', () => {
  it('is released with its last user', async () => {
    let collected = 0;
    const registry = new FinalizationRegistry(() => collected++);
    const kept = cronTimetable('spec', '1 1 1 1 *', 'UTC', {});
    registry.register(kept, 'kept');
    registry.register(cronTimetable('spec', '2 2 2 2 *', 'UTC', {}), 'dropped');
    for (let turn = 0; turn < 50 && collected === 0; turn++) {
      await wait(5);
      collectGarbage();
    }
    expect(collected).toBe(1);
    expect(cronTimetable('spec', '1 1 1 1 *', 'UTC', {})).toBe(kept);
  });
});
