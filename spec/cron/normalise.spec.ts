import { InvalidCronError } from 'extended-scheduler';
import fc from 'fast-check';
import { parseCron } from '../../src/cron/parse.js';
import { cronOf } from '../support/cron-of.js';
import { isDeep } from '../support/deep.js';
import { must } from '../support/must.js';

function errorOf(expression: unknown): InvalidCronError {
  try {
    cronOf(expression as string);
  } catch (error) {
    if (error instanceof InvalidCronError) return error;
    throw error;
  }
  throw new Error(`${String(expression)} was taken`);
}

describe('a cron expression that is wrong', () => {
  it('is rejected with a code, the field, the position, the value and the allowed range', () => {
    const cases: [unknown, string, string | null, number | null][] = [
      ['', 'EMPTY', null, null],
      ['* * * *', 'FIELD_COUNT', null, null],
      ['* * * * * * * *', 'FIELD_COUNT', null, null],
      ['@fortnightly', 'UNKNOWN_NICKNAME', null, null],
      ['60 * * * *', 'OUT_OF_RANGE', 'minute', 0],
      ['0 9-24 * * *', 'OUT_OF_RANGE', 'hour', 4],
      ['0 9 * * MON,FRY', 'BAD_FIELD', 'day of week', 12],
      ['*/0 * * * *', 'BAD_STEP', 'minute', 0],
      ['*/90 * * * *', 'BAD_STEP', 'minute', 0],
      ['*/61 * * * *', 'BAD_STEP', 'minute', 0],
      ['0 */25 * * *', 'BAD_STEP', 'hour', 2],
      ['0 0 */32 * *', 'BAD_STEP', 'day of month', 4],
      ['0 0 1 */13 *', 'BAD_STEP', 'month', 6],
      ['0 0 * * */8', 'BAD_STEP', 'day of week', 8],
      ['TZ=Europe/Paris 0 9 * * *', 'TIMEZONE', null, 0],
      [' CRON_TZ=UTC @daily', 'TIMEZONE', null, 1],
      ['H * * * *', 'BAD_FIELD', 'minute', 0],
      ['0 0 L-31 * *', 'OUT_OF_RANGE', 'day of month', 4],
      ['0 0 * * 1#6', 'OUT_OF_RANGE', 'day of week', 8],
      ['? * * * *', 'BAD_FIELD', 'minute', 0],
      ['0 0 0 1 1 * 3000', 'OUT_OF_RANGE', 'year', 12],
    ];
    for (const [expression, code, field, position] of cases) {
      const error = errorOf(expression);
      expect([error.code, error.field, error.position])
        .withContext(String(expression))
        .toEqual([code, field, position] as never);
    }
    expect(errorOf('0 9 * * MON,FRY').message).toBe('cron expression "0 9 * * MON,FRY": day of week "FRY": expected 0-7 or SUN-SAT');
  });

  it('is rejected at once, however long', () => {
    const start = performance.now();
    expect(errorOf('1,'.repeat(50_000)).code).toBe('TOO_LONG');
    expect(performance.now() - start).toBeLessThan(1000);
  });

  it('never throws another error than InvalidCronError, and never hangs', () => {
    const words = fc.array(
      fc.constantFrom('*', '?', 'L', 'W', '#', '-', '/', ',', '0', '1', '5', '12', '31', '60', 'MON', 'jan', '+', '@daily', ' ', '  '),
    );
    const texts = fc.oneof(
      fc.string(),
      words.map((list) => list.join('')),
      words.map((list) => list.join(' ')),
      // the right number of fields, of items that may fit: about half of these parse
      fc
        .array(fc.constantFrom('*', '0', '1-5', '*/7', '3,5', '9/2', '1', '2', '*', '*', 'L', '6#2', '7L', '15W', 'FRI-MON'), {
          minLength: 5,
          maxLength: 7,
        })
        .map((list) => list.join(' ')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          // what parses must also answer
          cronOf(text, 'Europe/London').after(0);
        } catch (error) {
          must(error instanceof InvalidCronError, true, String(error));
        }
      }),
      { numRuns: isDeep ? 1_000_000 : 20_000 },
    );
    expect().nothing();
  });
});

describe('a cron expression that is right', () => {
  it('may name months and weekdays in any case, wrap ranges and write Sunday as 0 or 7', () => {
    const weekdays = (text: string): number => parseCron(`0 0 * * ${text}`).weekdays;
    expect(weekdays('MON-SUN')).toBe(0b1111111);
    expect(weekdays('fri-Mon')).toBe(0b1100011);
    expect(weekdays('7')).toBe(0b0000001);
    expect(weekdays('5-7')).toBe(0b1100001);
    expect(parseCron('0 22-2 * * *').hours).toBe((1 << 22) | (1 << 23) | 0b111);
    expect(parseCron('0 22-3/2 * * *').hours).toBe((1 << 22) | 0b101);
    expect(parseCron('0 0 1 nov-FEB *').months).toBe((1 << 11) | (1 << 12) | 0b110);
  });

  it('may repeat values in a list', () => {
    expect(parseCron('0-6,1,3 * * * *').minutes).toEqual([0b1111111, 0]);
  });
});

describe('a step', () => {
  const fires = (expression: string, count: number): string[] => {
    const timetable = cronOf(expression);
    const found: string[] = [];
    for (let at = Date.UTC(2026, 0, 1) - 1; found.length < count; found.push(new Date(at).toISOString().slice(5, 16)))
      at = timetable.after(at) ?? NaN;
    return found;
  };

  it('may be as large as its field: once an hour, once a day, once a month', () => {
    expect(fires('*/60 * * * *', 3)).toEqual(fires('0 * * * *', 3));
    expect(fires('*/60 * * * * *', 3)).toEqual(fires('0 * * * * *', 3));
    expect(fires('0 */24 * * *', 3)).toEqual(fires('0 0 * * *', 3));
    expect(fires('9 2-23/24 * * *', 3)).toEqual(fires('9 2 * * *', 3));
    expect(fires('0 0 */31 * *', 3)).toEqual(fires('0 0 1 * *', 3));
    expect(fires('0 0 1 */12 *', 2)).toEqual(fires('0 0 1 1 *', 2));
    expect(fires('0 0 * * */7', 3)).toEqual(fires('0 0 * * 0', 3));
  });

  it('from a weekday continues to the Sunday at the end of the week', () => {
    const weekdays = (expression: string): number => parseCron(expression).weekdays;
    const days = (...list: number[]): number => list.reduce((mask, day) => mask | (1 << day), 0);
    expect(weekdays('0 0 * * 5/2')).toBe(days(5, 0));
    expect(weekdays('0 0 * * FRI/2')).toBe(days(5, 0));
    expect(weekdays('0 0 * * 7/2')).toBe(days(0));
    expect(weekdays('0 0 * * 2/2')).toBe(days(2, 4, 6));
    expect(weekdays('0 0 * * */2')).toBe(days(0, 2, 4, 6));
  });
});

describe('a zone before the expression', () => {
  it('is an error that names the option timezone', () => {
    expect(errorOf('CRON_TZ=America/New_York 0 9 * * *').message).toBe(
      'cron expression "CRON_TZ=America/New_York 0 9 * * *": expected no CRON_TZ=America/New_York before the fields: use the option timezone',
    );
  });
});
