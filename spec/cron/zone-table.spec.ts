import { InvalidTimezoneError } from 'extended-scheduler';
import { zoneTable } from '../../src/cron/zone-table.js';

describe('zoneTable', () => {
  const offsets = (zone: string, instants: readonly string[]): number[] =>
    instants.map((instant) => zoneTable('spec', zone).segmentAt(Date.parse(instant)).offset / 60_000);

  it('knows offsets to the minute before and after a change', () => {
    expect(
      offsets('America/New_York', ['2026-03-08T06:59:59.999Z', '2026-03-08T07:00:00Z', '2026-11-01T05:59:59.999Z', '2026-11-01T06:00:00Z']),
    ).toEqual([-300, -240, -240, -300]);
    expect(offsets('Australia/Lord_Howe', ['2026-10-03T15:29:59Z', '2026-10-03T15:30:00Z'])).toEqual([630, 660]);
    expect(offsets('Pacific/Chatham', ['2026-04-04T13:59:59Z', '2026-04-04T14:00:00Z'])).toEqual([825, 765]);
    expect(offsets('Pacific/Apia', ['2011-12-30T09:59:59Z', '2011-12-30T10:00:00Z'])).toEqual([-600, 840]);
    expect(offsets('Antarctica/Troll', ['2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z'])).toEqual([0, 120]);
  });

  it('knows zones without changes, fixed offsets and links', () => {
    expect(offsets('UTC', ['1970-01-01T00:00:00Z', '2100-01-01T00:00:00Z'])).toEqual([0, 0]);
    expect(offsets('Etc/GMT+5', ['2026-07-01T00:00:00Z'])).toEqual([-300]);
    expect(offsets('Asia/Calcutta', ['2026-07-01T00:00:00Z'])).toEqual([330]);
  });

  it('returns adjacent segments, each with the offset before it', () => {
    const table = zoneTable('spec', 'Europe/Paris');
    let segment = table.segmentAt(Date.UTC(2020, 0));
    for (let count = 0; count < 40; count++) {
      const next = table.segmentAt(segment.end);
      expect([next.start, next.before]).toEqual([segment.end, segment.offset]);
      segment = next;
    }
  });
});

describe('the name of a zone', () => {
  it('is UTC, GMT, an IANA name or link, or an offset ±HH:MM', () => {
    const offsetOf = (zone: string): number => zoneTable('spec', zone).segmentAt(Date.UTC(2026, 0)).offset / 60_000;
    for (const zone of ['UTC', 'GMT', 'Zulu', 'GMT0', 'UCT', 'Etc/UTC', '+00:00', '-00:00'])
      expect(offsetOf(zone)).withContext(zone).toBe(0);
    for (const zone of ['EST', 'MST', 'HST', 'CET', 'EET', 'MET', 'WET', 'PRC', 'ROC', 'ROK', 'NZ', 'GB', 'PST8PDT', 'america/new_york']) {
      expect(offsetOf(zone)).withContext(zone).not.toBeNaN();
    }
    expect([offsetOf('+05:30'), offsetOf('-03:00'), offsetOf('-00:30'), offsetOf('+14:00')]).toEqual([330, -180, -30, 840]);
  });

  it('is not a name of ICU only, and not another format of an offset', () => {
    const icu = 'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST'.split(' ');
    const others = [
      'bst',
      'SystemV/PST8PDT',
      'Z',
      'z',
      '+0300',
      '-03',
      '+3',
      '+24:00',
      '+05:60',
      'GMT+3',
      'UTC+1',
      '',
      ' UTC',
      'UTC ',
      'Mars/Olympus',
      'Local',
      'EDT',
    ];
    for (const zone of [...icu, ...others, 5, null]) {
      expect(() => zoneTable('cronTrigger(options.timezone)', zone as string))
        .withContext(String(zone))
        .toThrowError(
          InvalidTimezoneError,
          /^cronTrigger\(options\.timezone\): expected an IANA time zone such as 'Europe\/London', 'UTC'/,
        );
    }
  });
});
