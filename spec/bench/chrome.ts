// The same cells in headless Chrome, each in a browser of its own.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chrome, chromeFlags } from '../support/chrome.js';
import type { Figures } from './cells.js';

interface Process {
  readonly parent: number;
  readonly cpuMs: number;
  readonly isRenderer: boolean;
}

/** CPU time in ms of the renderers of a browser, from /proc; NaN where there is none. */
function rendererCpuMs(browserPid: number): number {
  const processes = new Map<number, Process>();
  try {
    for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        const isRenderer = readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer');
        const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
        const cpuMs = (Number(fields[11]) + Number(fields[12])) * 10; // 100 ticks a second
        processes.set(Number(name), { parent: Number(fields[1]), cpuMs, isRenderer });
      } catch {
        // the process has just ended
      }
    }
  } catch {
    return NaN;
  }
  const isOurs = (pid: number): boolean => pid === browserPid || (processes.has(pid) && isOurs(processes.get(pid)?.parent ?? 0));
  let sum = 0;
  for (const [pid, { isRenderer, cpuMs }] of processes) if (isRenderer && isOurs(pid)) sum += cpuMs;
  return sum;
}

/** Runs one cell in a fresh browser that loads the script. */
export async function inChrome(script: string, cell: string, subject: string, size: number, quick: boolean): Promise<Figures> {
  const profile = mkdtempSync(path.join(tmpdir(), 'bench-chrome-'));
  let pid = 0;
  let finish: (figures: Figures) => void = () => undefined;
  const done = new Promise<Figures>((resolve) => {
    finish = resolve;
  });
  const server = createServer((request, response) => {
    if (request.url === '/cpu') {
      response.end(String(rendererCpuMs(pid)));
    } else if (request.url === '/done') {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        response.end();
        finish(JSON.parse(body) as Figures);
      });
    } else if (request.url === '/bench.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(readFileSync(script));
    } else {
      response.setHeader('content-type', 'text/html');
      response.end('<!doctype html><title>bench</title><script type="module" src="/bench.js"></script>');
    }
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const query = new URLSearchParams({ cell, subject, size: String(size), quick: quick ? 'quick' : '' }).toString();
  const binary = await chrome();
  if (binary === undefined) throw new Error('no Chrome found: set CHROME_BIN');
  const browser = spawn(
    binary,
    ['--headless', ...chromeFlags, `--user-data-dir=${profile}`, `http://127.0.0.1:${String(port)}/?${query}`],
    {
      stdio: 'ignore',
      detached: true, // a group of its own, to be ended as one
    },
  );
  pid = browser.pid ?? 0;
  const timeout = setTimeout(() => {
    finish({ error: NaN });
  }, 120_000);
  try {
    return await done;
  } finally {
    clearTimeout(timeout);
    const ended = new Promise((resolve) => browser.once('exit', resolve));
    process.kill(-pid, 'SIGKILL'); // all of its processes
    await ended;
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
