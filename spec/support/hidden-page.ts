// A page that is really hidden, and throttled by the browser: for specs of what becomes of jobs there.
import { createServer } from 'node:net';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { chrome, chromeFlags } from './chrome.js';

/** Flags of Playwright, and ours, under which Chrome does not throttle a hidden page. */
const unthrottling: readonly string[] = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

export interface HiddenPage {
  evaluate<T>(code: string): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens an empty page, runs a module of this folder in it, which may import the package, and hides the page.
 *
 * A headless shell has a window for each page, so its window is minimised; and Playwright must not pretend that the page has the focus,
 * which is what `noDefaults` prevents.
 */
export async function hiddenPage(module: string): Promise<HiddenPage> {
  const port = await freePort();
  const launched = await chromium.launch({
    executablePath: (await chrome()) ?? '',
    ignoreDefaultArgs: [...unthrottling],
    args: [...chromeFlags.filter((flag) => !unthrottling.includes(flag)), `--remote-debugging-port=${String(port)}`],
  });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${String(port)}`, { noDefaults: true });
  const page = await browser.contexts()[0]?.newPage();
  if (page === undefined) throw new Error('the browser has no default context');
  const session = await page.context().newCDPSession(page);
  const { windowId } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { windowState: 'minimized' } });
  await page.evaluate(UNTIL_HIDDEN);
  await page.addScriptTag({ content: await bundled(module) });
  return {
    evaluate: (code) => page.evaluate(code),
    close: async () => {
      await browser.close();
      await launched.close();
    },
  };
}

/** As text: what compiles this file adds calls to helpers, which the page does not have. */
const UNTIL_HIDDEN = `new Promise((resolve, reject) => {
  const look = () => document.visibilityState === 'hidden' && resolve();
  document.addEventListener('visibilitychange', look);
  look();
  setTimeout(() => reject(new Error('the page is still visible')), 10000);
})`;

async function bundled(module: string): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path.join(import.meta.dirname, module)],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    conditions: ['extended-scheduler:source'],
  });
  return outputFiles[0]?.text ?? '';
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });
}
