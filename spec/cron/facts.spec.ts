import { InvalidCronError } from 'extended-scheduler';
import facts from '../data/cron-facts.json' with { type: 'json' };
import type { CronTimes } from '../support/cron-of.js';
import { cronOf } from '../support/cron-of.js';

interface Fact {
  readonly id: string;
  readonly kind: string;
  readonly expression: string;
  readonly tz?: string;
  readonly from?: string;
  readonly at?: string;
  readonly expected?: unknown;
  readonly domDow?: string;
  readonly source: string;
}

/** Facts of a grammar other than ours, each with the reason why it is refused. They are not counted as passed. */
const refused: Readonly<Record<string, string>> = {
  f1924: "0-59/65: a step beyond the field's range is an error here, not a way to write its first value",
};

function timetable(fact: Fact): CronTimes {
  const fields = fact.expression.trim().split(/\s+/);
  // where a source means both day fields to match, that is written with a plus here
  if (fact.domDow === 'and') fields[fields.length - (fields.length === 7 ? 2 : 1)] = `+${fields.at(fields.length === 7 ? -2 : -1) ?? ''}`;
  return cronOf(fact.domDow === 'and' ? fields.join(' ') : fact.expression, fact.tz);
}

function fires(fact: Fact): (string | null)[] {
  const cron = timetable(fact);
  const expected = fact.expected as string[];
  const list: (string | null)[] = [];
  for (let at: number | null = Date.parse(fact.from ?? ''); list.length < expected.length && at !== null;) {
    at = cron.after(at);
    list.push(at === null ? null : new Date(at).toISOString());
  }
  return list;
}

function isRefused(fact: Fact): boolean {
  try {
    timetable(fact);
    return false;
  } catch (error) {
    return error instanceof InvalidCronError;
  }
}

function holds(fact: Fact): boolean {
  switch (fact.kind) {
    case 'invalid':
      return isRefused(fact);
    case 'valid':
      return !isRefused(fact);
    case 'match':
      return timetable(fact).matches(Date.parse(fact.at ?? '')) === fact.expected;
    default:
      if (fact.expected === 'none') return timetable(fact).after(Date.parse(fact.from ?? '')) === null;
      return JSON.stringify(fires(fact)) === JSON.stringify((fact.expected as string[]).map((at) => new Date(at).toISOString()));
  }
}

describe('the published facts about cron', () => {
  const all: readonly Fact[] = facts;

  it(`hold: ${String(all.length - Object.keys(refused).length)} of ${String(all.length)}, the others listed with the reason`, () => {
    const wrong = all
      .filter((fact) => !(fact.id in refused) && !holds(fact))
      .map((fact) => `${fact.id} ${fact.expression} (${fact.source})`);
    expect(wrong).toEqual([]);
    expect(all.length).toBe(1505);
  });

  it('that are of another grammar are refused, not misread', () => {
    for (const fact of all) if (fact.id in refused) expect(isRefused(fact)).withContext(fact.id).toBeTrue();
  });
});
