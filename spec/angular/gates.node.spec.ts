import { whenOnline, whenVisible } from 'extended-scheduler/angular';

import '@angular/compiler';

describe('whenVisible and whenOnline without a page', () => {
  it('are open', () => {
    const values: boolean[] = [];
    whenVisible().subscribe((open) => values.push(open));
    whenOnline().subscribe((open) => values.push(open));
    expect(values).toEqual([true, true]);
  });
});
