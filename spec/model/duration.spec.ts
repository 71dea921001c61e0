import type { DurationLike } from '../../src/model/duration.js';
import { durationMs } from '../../src/model/duration.js';

describe('durationMs', () => {
  it('reads a number as ms', () => {
    expect(durationMs(1500)).toBe(1500);
  });

  it('adds up the units of an object', () => {
    expect(durationMs({ weeks: 1, days: 1, hours: 1, minutes: 1, seconds: 1, milliseconds: 1 })).toBe(694_861_001);
    expect(durationMs({ seconds: 0.5, minutes: undefined })).toBe(500);
  });

  it('accepts objects with the fields of a Temporal.Duration, without years and months', () => {
    class Duration {
      get years(): number {
        return 0;
      }
      get months(): number {
        return 0;
      }
      get minutes(): number {
        return 2;
      }
    }
    expect(durationMs(new Duration())).toBe(120_000);
    expect(durationMs({ months: 1, days: 1 } as DurationLike)).toBeNaN();
  });

  it('is NaN for a value that is not a duration', () => {
    for (const wrong of [null, undefined, '5s', {}, { second: 5 }, { seconds: '5' }, true]) expect(durationMs(wrong as never)).toBeNaN();
  });
});
