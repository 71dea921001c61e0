import { checkCron, InvalidCronError, InvalidTimezoneError } from 'extended-scheduler';

describe('checkCron', () => {
  it('is null for a valid expression and zone', () => {
    expect(checkCron('0 9 * * MON-FRI', { timezone: 'America/New_York' })).toBeNull();
    expect(checkCron('@daily')).toBeNull();
  });

  it('returns the error that cronTrigger would throw', () => {
    const error = checkCron('0 25 * * *');
    expect(error).toBeInstanceOf(InvalidCronError);
    expect(error).toEqual(jasmine.objectContaining({ code: 'OUT_OF_RANGE', field: 'hour', position: 2 }));
    expect(checkCron('* * * * *', { timezone: 'Mars/Base' })).toBeInstanceOf(InvalidTimezoneError);
    for (const text of [undefined, null, 5, {}])
      expect(checkCron(text as never)).toEqual(jasmine.objectContaining({ code: 'NOT_A_STRING' }));
  });

  it('throws for an unknown option only', () => {
    expect(() => checkCron('* * * * *', { timeZone: 'UTC' } as never)).toThrowError(
      /checkCron\(options\): expected one of timezone, got "timeZone"/,
    );
  });
});

describe('InvalidCronError.caret', () => {
  const carets: readonly (readonly [expression: unknown, caret: string])[] = [
    ['0 25 * * *', '0 25 * * *\n  ^'],
    ['0\t9 * * FUNDAY', '0 9 * * FUNDAY\n        ^'],
    ['* * *', '* * *\n^^^^^'],
    ['', '\n^'],
    [5, '5\n^'],
    ['*'.repeat(2000), `${'*'.repeat(100)}...\n${'^'.repeat(103)}`],
  ];
  for (const [expression, caret] of carets) {
    it(`stands under what is wrong in ${JSON.stringify(expression).slice(0, 20)}`, () => {
      const error = checkCron(expression as string);
      expect(error instanceof InvalidCronError ? error.caret() : error).toBe(caret);
    });
  }
});
