import type { ObservedJob } from '../../src/jobs/job-context.js';
import { EventStreams } from '../../src/scheduler/event-streams.js';

describe('EventStreams', () => {
  const none = (): null => null;
  const streams = (): EventStreams =>
    new EventStreams(
      () => undefined,
      () => undefined,
    );

  it('has a listener for a job only while one of its streams is subscribed', () => {
    const one = streams();
    const status = one.status$('a', () => null).subscribe();
    const values = one.values$('a', none).subscribe();
    expect([one.hasListener('a', 'emitted'), one.hasListener('b', 'emitted')]).toEqual([true, false]);
    status.unsubscribe();
    expect(one.hasListener('a', 'emitted')).toBe(true);
    values.unsubscribe();
    expect(one.hasListener('a', 'emitted')).toBe(false);
  });

  it('has a listener for every job while events$ is subscribed', () => {
    const one = streams();
    const events = one.events$.subscribe();
    expect(one.hasListener('b', 'emitted')).toBe(true);
    events.unsubscribe();
    expect(one.hasListener('b', 'emitted')).toBe(false);
  });

  it('does not emit earlier events to a new listener, even during an emission', () => {
    const one = streams();
    const job = { plan: {}, status: () => ({}) } as unknown as ObservedJob;
    const fire = { index: 0, scheduledAt: 0, firedAt: 0, missedCount: 0 };
    const emit = (value: string): void => {
      one.emit(job, { type: 'emitted', jobId: 'a', at: 0, fire, value });
    };
    const heard: string[] = [];
    const follow = (): unknown => one.values$<string>('a', none).subscribe((value) => heard.push(value));
    let told = 0;
    one.events$.subscribe(() => {
      told++;
      if (told !== 1) return;
      emit('during an emission');
      follow();
    });
    emit('before');
    emit('after');
    expect(told).toBe(3);
    expect(heard).toEqual(['after']);
  });

  it('completes present and later listeners when it closes', () => {
    const one = streams();
    const told: string[] = [];
    one.values$('a', none).subscribe({ complete: () => told.push('values') });
    one.status$('a', () => null).subscribe({ complete: () => told.push('status') });
    one.close();
    one.values$('a', none).subscribe({ complete: () => told.push('values later') });
    expect(told).toEqual(['values', 'status', 'values later']);
    expect(one.hasListener('a', 'emitted')).toBe(false);
  });
});
