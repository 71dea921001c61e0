import { execFile } from 'node:child_process';
import path from 'node:path';
import { format, promisify } from 'node:util';
import ts from 'typescript';
import { docBlocks, writeModules } from '../support/doc-blocks.js';

import '../support/test-bed-without-page.js';

const root = path.join(import.meta.dirname, '../..');

function compile(files: readonly string[]): string[] {
  const config = ts.readConfigFile(path.join(root, 'spec/tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, path.join(root, 'spec'));
  const program = ts.createProgram([...files], { ...options, rootDir: root, noUnusedLocals: false });
  return ts.getPreEmitDiagnostics(program).map((diagnostic) => {
    const first = diagnostic.file?.text.split('\n', 1)[0] ?? '';
    return `${first}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
  });
}

/** Lets what is waiting for the machine go on: faked timers do not hold `setImmediate`. */
const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const runs = (_: string, body: () => void): void => {
  body();
};

/** A minute in steps of 50 ms, then two hours in steps of a minute. */
const TICKS = 1_320;

/** Runs a block in faked time, for two hours of it, and returns what it logged. */
async function run(file: string): Promise<string> {
  const lines: string[] = [];
  const module = (await import(file)) as { default: () => Promise<void> };
  spyOn(console, 'log').and.callFake((...args: unknown[]) => lines.push(format(...args)));
  spyOn(console, 'error').and.callFake((...args: unknown[]) => lines.push(format('error:', ...args)));
  spyOn(console, 'warn').and.callFake((...args: unknown[]) => lines.push(format('warning:', ...args)));
  jasmine.clock().install();
  jasmine.clock().mockDate(new Date('2026-11-23T08:00:00.000Z'));
  // an example of a suite runs as part of this spec
  const { describe, it } = globalThis;
  Object.assign(globalThis, { describe: runs, it: runs });
  let done = false;
  const isRunning = (): boolean => !done;
  try {
    const running = module.default().finally(() => (done = true));
    for (let tick = 0; tick < TICKS || (isRunning() && tick < 2 * TICKS); tick++) {
      await breathe();
      jasmine.clock().tick(tick < 1200 ? 50 : 60_000); // promises settle between ticks, not within one
    }
    if (isRunning()) throw new Error('it does not end within four hours');
    await running;
  } finally {
    jasmine.clock().uninstall();
    Object.assign(globalThis, { describe, it });
  }
  return lines.join('\n');
}

/** Runs a block in a process with zone.js, in real time, and returns what it logged. */
async function runWithZone(file: string): Promise<string> {
  const runner = path.join(root, 'spec/support/run-with-zone.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--import',
    'tsx',
    '--conditions',
    'extended-scheduler:source',
    runner,
    file,
  ]);
  return stdout.trimEnd();
}

describe('the code blocks of the docs and docstrings', () => {
  const blocks = docBlocks();
  const files = writeModules(blocks);

  it(`compile, all ${String(blocks.length)}`, () => {
    expect(compile(files)).toEqual([]);
    expect(blocks.length).toBeGreaterThan(20);
  }, 60_000);

  blocks.forEach(({ place, logs, withZone }, index) => {
    it(`run: ${place}`, async () => {
      const logged = await (withZone ? runWithZone : run)(files[index] ?? '');
      if (logs === null) expect(logged).not.toContain('error:');
      else expect(logged).toBe(logs);
    }, 20_000);
  });
});
