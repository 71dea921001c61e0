/** An entry of a {@link TimerHeap}. The heap maintains `slot`, the owner the rest. */
export interface HeapEntry {
  /** Due time, in ms. */
  due: number;
  /** Breaks ties: of two entries with the same due time the lower one comes first. */
  order: number;
  /** Its index in the heap, or -1 if it is not in a heap. */
  slot: number;
}

/** A binary heap, earliest due time first. Adding and removing take O(log n), `peek` takes O(1). */
export class TimerHeap<E extends HeapEntry> {
  private readonly entries: E[] = [];

  get size(): number {
    return this.entries.length;
  }

  /** The first entry. */
  peek(): E | undefined {
    return this.entries[0];
  }

  add(entry: E): void {
    this.place(entry, this.entries.length);
    this.rise(entry);
  }

  /** Removes an entry. Does nothing if it is not in the heap. */
  remove(entry: E): void {
    const { slot } = entry;
    if (slot < 0) return;
    entry.slot = -1;
    const last = this.entries.pop();
    if (last === undefined || last === entry) return;
    this.place(last, slot);
    this.rise(last);
    this.sink(last);
  }

  /** Restores the order after `due` or `order` of an entry has grown. */
  moveDown(entry: E): void {
    this.sink(entry);
  }

  /** All entries, in no particular order. */
  toArray(): E[] {
    return this.entries.slice();
  }

  private place(entry: E, slot: number): void {
    this.entries[slot] = entry;
    entry.slot = slot;
  }

  private rise(entry: E): void {
    let { slot } = entry;
    while (slot > 0) {
      const parent = this.entries[(slot - 1) >> 1];
      if (parent === undefined || !before(entry, parent)) break;
      const freed = parent.slot;
      this.place(parent, slot);
      slot = freed;
    }
    this.place(entry, slot);
  }

  private sink(entry: E): void {
    let { slot } = entry;
    for (;;) {
      const left = this.entries[2 * slot + 1];
      if (left === undefined) break;
      const right = this.entries[2 * slot + 2];
      const child = right !== undefined && before(right, left) ? right : left;
      if (!before(child, entry)) break;
      const freed = child.slot;
      this.place(child, slot);
      slot = freed;
    }
    this.place(entry, slot);
  }
}

function before(a: HeapEntry, b: HeapEntry): boolean {
  return a.due < b.due || (a.due === b.due && a.order < b.order);
}
