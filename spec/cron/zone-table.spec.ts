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

  it('gives stretches that meet, each with the offset before it', () => {
    const table = zoneTable('spec', 'Europe/Paris');
    let segment = table.segmentAt(Date.UTC(2020, 0));
    for (let count = 0; count < 40; count++) {
      const next = table.segmentAt(segment.end);
      expect([next.start, next.before]).toEqual([segment.end, segment.offset]);
      segment = next;
    }
  });
});
