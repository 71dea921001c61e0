import fc from 'fast-check';
import type { HeapEntry } from '../../src/time/timer-heap.js';
import { TimerHeap } from '../../src/time/timer-heap.js';
import { must } from '../support/must.js';

function entry(due: number, order: number): HeapEntry {
  return { due, order, slot: -1 };
}

function drain(heap: TimerHeap<HeapEntry>): HeapEntry[] {
  const entries: HeapEntry[] = [];
  for (let first = heap.peek(); first !== undefined; first = heap.peek()) {
    heap.remove(first);
    entries.push(first);
  }
  return entries;
}

describe('TimerHeap', () => {
  it('returns entries by time, then by order, whatever was added and removed', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (list) => {
        const heap = new TimerHeap<HeapEntry>();
        let model: HeapEntry[] = [];
        list.forEach(([due, removes], order) => {
          const [victim] = removes ? model.slice(due % Math.max(1, model.length)) : [];
          if (victim === undefined) {
            const added = entry(due, order);
            heap.add(added);
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

  it('does nothing to an entry that is not in the heap', () => {
    const heap = new TimerHeap<HeapEntry>();
    heap.remove(entry(1, 1));
    expect(heap.size).toBe(0);
  });

  it('keeps its order when an entry is put off', () => {
    const heap = new TimerHeap<HeapEntry>();
    const all = Array.from({ length: 50 }, (_, order) => entry((order * 7) % 50, order));
    for (const one of all) heap.add(one);
    for (const one of all.filter(({ order }) => order % 3 === 0)) {
      one.due += 30;
      heap.moveDown(one);
    }
    const dues = drain(heap).map((one) => one.due);
    expect(dues).toEqual([...dues].sort((a, b) => a - b));
  });
});
