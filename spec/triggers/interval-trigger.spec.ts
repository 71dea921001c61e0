import { intervalTrigger, InvalidOptionError, InvalidTriggerError } from 'extended-scheduler';
import { VirtualClock } from 'extended-scheduler/testing';
import { record } from '../support/record.js';

describe('intervalTrigger', () => {
  it('fires one period apart, first after one period or at once', () => {
    const clock = new VirtualClock(0);
    const late = record(intervalTrigger({ seconds: 2 }, { clock }), clock);
    const soon = record(intervalTrigger({ seconds: 2 }, { clock, immediate: true }), clock);
    clock.advanceBySync(4000);
    expect([late, soon]).toEqual([
      ['0@2000', '1@4000'],
      ['0@0', '1@2000', '2@4000'],
    ]);
  });

  it('does not drift when the work takes time: 20 ms with 6 ms of work', () => {
    const clock = new VirtualClock(0);
    const at: number[] = [];
    intervalTrigger(20, { clock }).subscribe((fire) => {
      at.push(fire.scheduledAt);
      clock.block(6);
    });
    for (let turn = 0; turn < 200; turn++) clock.advanceBySync(10);
    expect(at.slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, k) => (k + 1) * 20));
  });

  it('emits one fire for what a blocked event loop missed', () => {
    const clock = new VirtualClock(0);
    const log = record(intervalTrigger(10, { clock }), clock);
    clock.advanceBySync(10);
    clock.sleepForSync(35);
    clock.advanceBySync(5);
    expect(log).toEqual(['0@10', '1@45+2', '2@50']);
  });

  it('is on the grid of startTime, does not catch up on a past start, and ends with endTime', () => {
    const clock = new VirtualClock(10_050);
    const grid = record(intervalTrigger(100, { clock, startTime: 9000, endTime: 10_300 }), clock);
    const future = record(intervalTrigger(100, { clock, startTime: new Date(10_120) }), clock);
    clock.advanceBySync(300);
    expect(grid).toEqual(['0@50', '1@150', '2@250', '|']);
    expect(future).toEqual(['0@70', '1@170', '2@270']);
  });

  it('still fires what was due by endTime, however late', () => {
    const clock = new VirtualClock(0);
    const log = record(intervalTrigger(100, { clock, endTime: 200 }), clock);
    clock.sleepForSync(5000);
    expect(log).toEqual(['0@5000+1', '|']);
  });

  it('keeps to fractions of a ms without losing one', () => {
    const clock = new VirtualClock(0);
    const log = record(intervalTrigger(1000 / 60, { clock, maxRuns: 60 }), clock);
    for (let ms = 0; ms < 1001; ms++) clock.advanceBySync(1);
    expect(log.length).toBe(61);
    expect(log.some((line) => line.includes('+'))).toBeFalse();
  });

  it('rejects an invalid period, and suggests seconds', () => {
    for (const wrong of [0, -1, NaN, Infinity, 0.5, '5', null, {}, { seconds: 0 }]) {
      expect(() => intervalTrigger(wrong as never))
        .withContext(JSON.stringify(wrong))
        .toThrowError(InvalidTriggerError, /^intervalTrigger\(every\): expected a finite duration of at least 1 ms/);
    }
    expect(() => intervalTrigger(0.5)).toThrowError(/did you mean \{ seconds: 0\.5 \}/);
    expect(() => intervalTrigger(5, { startTime: new Date(NaN) })).toThrowError(InvalidOptionError, /options\.startTime.*an invalid Date/);
    expect(() => intervalTrigger(5, { startTime: 5, endTime: 4 })).toThrowError(InvalidOptionError, /not before startTime/);
    for (const maxRuns of [0, -1, 1.5, NaN])
      expect(() => intervalTrigger(5, { maxRuns })).toThrowError(InvalidOptionError, /maxRuns.*a whole number from 1/);
    expect(() => intervalTrigger(5, { misfire: 'never' as never })).toThrowError(InvalidOptionError, /'once' or 'skip' or 'all'/);
  });
});
