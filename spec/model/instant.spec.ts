import { epochMs } from '../../src/model/instant.js';

describe('epochMs', () => {
  it('reads a Date, a number and a Temporal.Instant', () => {
    expect(epochMs(new Date(5))).toBe(5);
    expect(epochMs(7.5)).toBe(7.5);
    expect(epochMs({ epochMilliseconds: 9 })).toBe(9);
  });

  it('is NaN for a value that is not an instant', () => {
    for (const wrong of [new Date(NaN), NaN, Infinity, 9e15, null, undefined, '2026-01-01', {}, { epochMilliseconds: '1' }]) {
      expect(epochMs(wrong as never)).toBeNaN();
    }
  });
});
