import { whenSettled } from '../../src/time/settled.js';

describe('whenSettled', () => {
  it('comes after all promise callbacks, including those that they add', async () => {
    const order: string[] = [];
    void Promise.resolve()
      .then(() => Promise.resolve())
      .then(() => order.push('promise'));
    await new Promise<void>((resolve) => {
      whenSettled(() => {
        order.push('settled');
        resolve();
      });
    });
    expect(order).toEqual(['promise', 'settled']);
  });

  it('gives the event loop a turn now and then', async () => {
    let turns = 0;
    let running = true;
    const turn = (): void => {
      turns++;
      if (running) setImmediate(turn);
    };
    setImmediate(turn);
    for (let tick = 0; tick < 5000; tick++) await new Promise<void>((resolve) => whenSettled(resolve));
    running = false;
    expect(turns).toBeGreaterThanOrEqual(3);
  });
});
