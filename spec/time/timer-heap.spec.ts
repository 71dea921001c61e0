import fc from 'fast-check';
import { must } from '../support/must.js';
import { TimerHeap } from '../../src/time/timer-heap.js';
import type { HeapEntry } from '../../src/time/timer-heap.js';

interface DueEntry extends HeapEntry {
  due: number;
}

function entry(due: number, order: number): DueEntry {
  return { due, order, ticket: -1 };
}

function drain(heap: TimerHeap<DueEntry>): DueEntry[] {
  const entries: DueEntry[] = [];
  for (let first = heap.peek(); first !== undefined; first = heap.peek()) {
    heap.remove(first);
    entries.push(first);
  }
  return entries;
}

describe('TimerHeap', () => {
  it('gives entries by time, and by order where the time is the same, whatever was added and removed', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (list) => {
        const heap = new TimerHeap<DueEntry>();
        let model: DueEntry[] = [];
        list.forEach(([due, removes], order) => {
          const [victim] = removes ? model.slice(due % Math.max(1, model.length)) : [];
          if (victim === undefined) {
            const added = entry(due, order);
            heap.add(added, due);
            model.push(added);
          } else {
            heap.remove(victim);
            model = model.filter((other) => other !== victim);
          }
        });
        must(
          drain(heap),
          model.sort((a, b) => a.due - b.due || a.order - b.order),
        );
      }),
    );
    expect().nothing();
  });

  it('does nothing to an entry that is not in', () => {
    const heap = new TimerHeap<DueEntry>();
    heap.remove(entry(1, 1));
    expect(heap.size).toBe(0);
  });

  it('keeps its order when the times of some are changed', () => {
    const heap = new TimerHeap<DueEntry>();
    for (let order = 0; order < 50; order++) heap.add(entry((order * 7) % 50, order), (order * 7) % 50);
    heap.rekey((one, due) => (one.due = one.order % 2 === 0 ? due + 100 : due));
    const dues = drain(heap).map((one) => one.due);
    expect(dues).toEqual([...dues].sort((a, b) => a - b));
  });
});
