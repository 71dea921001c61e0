import fc from 'fast-check';
import type { AgendaEntry } from '../../src/time/agenda.js';
import { Agenda } from '../../src/time/agenda.js';
import { must } from '../support/must.js';

interface Entry extends AgendaEntry {
  due: number;
}

function entry(order: number): Entry {
  return { order, batch: null, earlier: null, later: null, due: NaN };
}

function drain(agenda: Agenda<Entry>): Entry[] {
  const entries: Entry[] = [];
  for (let first = agenda.peek(); first !== undefined; first = agenda.peek()) {
    agenda.remove(first);
    entries.push(first);
  }
  return entries;
}

describe('Agenda', () => {
  it('returns entries by time, then by order, whatever was added, removed, moved and added again', () => {
    const step = fc.record({
      what: fc.constantFrom('add', 'add', 'move', 'remove', 'take'),
      which: fc.nat(20),
      due: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        const agenda = new Agenda<Entry>();
        const all = Array.from({ length: 20 }, (_, order) => entry(order));
        let model: Entry[] = [];
        const sorted = (): Entry[] => [...model].sort((a, b) => a.due - b.due || a.order - b.order);
        for (const { what, which, due } of steps) {
          const chosen = what === 'take' ? agenda.peek() : all[which % all.length];
          if (chosen === undefined) continue;
          agenda.remove(chosen);
          model = model.filter((other) => other !== chosen);
          if (what === 'remove') continue;
          chosen.due = what === 'take' ? chosen.due + due + 1 : due;
          agenda.add(chosen, chosen.due);
          model.push(chosen);
          const [first] = sorted();
          must([agenda.peek()?.order, agenda.firstDue, agenda.size], [first?.order, first?.due, model.length]);
        }
        const orders = sorted().map(({ order }) => order);
        must(
          drain(agenda).map(({ order }) => order),
          orders,
        );
        must([agenda.size, agenda.firstDue], [0, Infinity]);
      }),
      { numRuns: 500 },
    );
    expect().nothing();
  });

  it('does nothing to an entry that is not in the heap', () => {
    const agenda = new Agenda<Entry>();
    agenda.remove(entry(1));
    expect(agenda.size).toBe(0);
  });

  it('keeps its order when the times of some are changed', () => {
    const agenda = new Agenda<Entry>();
    for (let order = 0; order < 50; order++) agenda.add(entry(order), (order * 7) % 10);
    agenda.rekey((one, due) => (one.due = one.order % 2 === 0 ? due + 100 : due));
    const dues = drain(agenda).map((one) => one.due);
    expect(dues).toHaveSize(50);
    expect(dues).toEqual([...dues].sort((a, b) => a - b));
  });
});
