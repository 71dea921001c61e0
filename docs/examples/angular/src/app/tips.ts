import { Injectable, computed, signal } from '@angular/core';

const TIPS = [
  'Hide this tab and come back: nothing polled, and the wave goes on where it stood.',
  'Every fire has one outcome. The counts in the table always add up.',
  'Each seventh answer of the server never comes in time. The timeout calls it off, a retry gets it.',
  'Nothing here runs in a zone, and nothing marks a view: the signals do.',
  'The jobs of this page end with it. Those of the app go on.',
];

/** Says something useful now and then; when, is not its business. */
@Injectable({ providedIn: 'root' })
export class Tips {
  private readonly index = signal(0);
  readonly tip = computed(() => TIPS[this.index() % TIPS.length]);

  next(): void {
    this.index.update((index) => index + 1);
  }
}
