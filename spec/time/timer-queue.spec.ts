import { VirtualClock } from 'extended-scheduler/testing';
import type { Timer } from '../../src/time/timer-queue.js';
import { TimerQueue } from '../../src/time/timer-queue.js';
import { Machine } from '../support/machine.js';

function timer(queue: TimerQueue, fire: () => void): Timer {
  return { batch: null, earlier: null, later: null, order: queue.nextOrder(), wall: false, fire };
}

describe('TimerQueue', () => {
  let machine: Machine;
  let queue: TimerQueue;
  let fired: string[];

  beforeEach(() => {
    machine = new Machine();
    queue = new TimerQueue(machine);
    fired = [];
  });

  it('fires each timer at its instant, never early, and ties by order', () => {
    const start = queue.now();
    for (const [name, delay] of [
      ['c', 30],
      ['a', 10],
      ['b1', 20],
      ['b2', 20],
    ] as const) {
      queue.setTimer(start + delay, () => fired.push(`${name}@${String(queue.now() - start)}`));
    }
    machine.steady.advance(9);
    expect(fired).toEqual([]);
    machine.steady.advance(100);
    expect(fired).toEqual(['a@10', 'b1@20', 'b2@20', 'c@30']);
  });

  it('sets one host timer for all, and none when nothing waits', () => {
    const cancels = Array.from({ length: 100 }, (_, index) => queue.setTimer(queue.now() + 1000 + index, () => fired.push('x')));
    expect(machine.steady.pending).toBe(1);
    for (const cancel of cancels) cancel();
    expect(machine.steady.pending).toBe(0);
    expect(queue.size).toBe(0);
  });

  it('never fires from inside the call that sets a timer, even for an instant that has passed', () => {
    queue.setTimer(queue.now() - 5000, () => fired.push('late'));
    expect(fired).toEqual([]);
    machine.steady.advance(0);
    expect(fired).toEqual(['late']);
  });

  it('never sleeps for longer than 30 s, to detect a sleep or a set clock', () => {
    queue.setTimer(queue.now() + 40 * 86_400_000, () => fired.push('x'));
    machine.steady.advance(39 * 86_400_000);
    expect(Math.max(...machine.delays)).toBe(30_000);
    expect(fired).toEqual([]);
    machine.steady.advance(86_400_000);
    expect(fired).toEqual(['x']);
  });

  it('continues after a timer that throws, and reports its error outside the host timer', () => {
    queue.setTimer(queue.now() + 1, () => {
      throw new Error('boom');
    });
    queue.setTimer(queue.now() + 1, () => fired.push('next'));
    machine.steady.advance(1);
    expect(fired).toEqual(['next']);
    expect(machine.errors).toEqual([new Error('boom')]);
  });

  it('gives the event loop a turn after 10 ms of work', () => {
    for (let index = 0; index < 10; index++) queue.setTimer(queue.now() + 1, () => machine.steady.block(4));
    const turns = machine.delays.length;
    machine.steady.advance(100);
    expect(machine.delays.length - turns).toBeGreaterThanOrEqual(3);
    expect(queue.size).toBe(0);
  });

  it('lets elapsed timers run on when the wall clock is set back, and wall timers wait', () => {
    queue.insert(
      timer(queue, () => fired.push('elapsed')),
      queue.steady() + 1000,
    );
    queue.setTimer(queue.now() + 1000, () => fired.push('wall'));
    machine.steady.advance(500);
    machine.wallOffset = -3_600_000;
    machine.steady.advance(500);
    expect(fired).toEqual(['elapsed']);
    machine.steady.advance(3_600_000);
    expect(fired).toEqual(['elapsed', 'wall']);
  });

  it('treats an early host timer as a clock that was set back: its steady reading does not go back', () => {
    const before = queue.steady();
    queue.insert(
      timer(queue, () => fired.push('x')),
      before + 20_000,
    );
    machine.wallOffset = -10_000; // unseen until the wake-up
    machine.steady.advance(20_000);
    expect(fired).toEqual(['x']);
    expect(queue.steady() - before).toBe(20_000);
  });

  it('treats a jump forward as time that has passed', () => {
    queue.insert(
      timer(queue, () => fired.push('x')),
      queue.steady() + 60_000,
    );
    machine.steady.advance(10_000);
    machine.wallOffset = 86_400_000;
    machine.steady.advance(30_000);
    expect(fired).toEqual(['x']);
  });

  it('moves a timer that is in the queue', () => {
    const one = timer(queue, () => fired.push('x'));
    queue.insert(one, queue.steady() + 10);
    queue.insert(one, queue.steady() + 50);
    machine.steady.advance(49);
    expect(fired).toEqual([]);
    machine.steady.advance(1);
    expect(fired).toEqual(['x']);
  });

  it('sets its host timer again when the one it had was lost with a faked clock', () => {
    const clock = new VirtualClock(0);
    const lossy = new TimerQueue({
      real: true,
      now: () => clock.now(),
      setTimer: (at, callback) => clock.setTimer(at, callback),
      report: fail,
    });
    lossy.setTimer(5000, () => fired.push('first'));
    const fresh = new VirtualClock(200_000);
    clock.now = () => fresh.now();
    clock.setTimer = (at, callback) => fresh.setTimer(at, callback);
    lossy.setTimer(200_010, () => fired.push('second'));
    fresh.advanceBySync(20);
    expect(fired).toEqual(['first', 'second']);
  });

  it('with slack lets neighbours share a wake-up, never early, at most slackMs late, and on time at whole seconds', () => {
    const machine = new Machine();
    const start = machine.now(); // a whole second
    const queue = new TimerQueue(machine, 10);
    const fired: string[] = [];
    for (const at of [3, 7, 11, 1000]) queue.setTimer(start + at, () => fired.push(`${String(at)}@${String(machine.now() - start)}`));
    machine.steady.advance(2000);
    expect(fired).toEqual(['3@10', '7@10', '11@20', '1000@1000']);
    expect(machine.delays).toHaveSize(3);
  });
});
