import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { build, install, serve } from '../support/angular-app.js';
import { chrome, chromeFlags } from '../support/chrome.js';
import { until, wait } from '../support/waiting.js';

/** A slow machine may take so long for one spec. */
jasmine.DEFAULT_TIMEOUT_INTERVAL = 60_000;

/** What a page may take that does nothing for its own sake. */
const SOON_MS = 5_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Whether a page comes; the first one compiles what is served. */
function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

/** The dashboard in a browser, as its readers name what they see. */
class Dashboard {
  readonly problems: string[] = [];
  readonly lines: string[] = [];
  readonly requests: string[] = [];
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      this.lines.push(message.text());
      if (message.type() === 'error' || /NG0\d/.test(message.text())) this.problems.push(message.text());
    });
    page.on('pageerror', (error) => this.problems.push(String(error)));
    page.on('request', (request) => this.requests.push(new URL(request.url()).pathname));
  }

  async jobs(): Promise<readonly (string | null)[]> {
    return this.page.locator('tbody tr[data-job]').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-job')));
  }

  /** The counts of a job in the table: fires, succeeded, failed, skipped. */
  async counts(jobId: string): Promise<number[]> {
    return (await this.page.locator(`tr[data-job="${jobId}"] .number`).allTextContents()).map(Number);
  }

  async frame(): Promise<number> {
    return Number((await this.page.getByLabel('Frame').textContent())?.replace('frame ', ''));
  }

  async click(card: string, button: string): Promise<void> {
    await this.page.locator(card).getByRole('button', { name: button }).click();
  }

  /** Makes the page believe that its tab was shown or hidden: a headless browser has none. */
  async show(state: 'visible' | 'hidden'): Promise<void> {
    await this.page.evaluate((visibilityState) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, value: visibilityState });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  }

  async whenAlive(): Promise<void> {
    await until('five jobs are in the table', async () => (await this.jobs()).length === 5);
  }
}

for (const configuration of ['production', 'development'] as const) {
  describe(`the Angular example, built for ${configuration}`, () => {
    let server: ChildProcess;
    let url: string;
    let browser: Browser;
    let context: BrowserContext;
    let dashboard: Dashboard;

    beforeAll(async () => {
      if (configuration === 'production') install();
      build(configuration);
      const port = await freePort();
      server = serve(port);
      url = `http://localhost:${String(port)}/`;
      await until('the server answers', () => answers(url));
      browser = await chromium.launch({ executablePath: (await chrome()) ?? '', args: [...chromeFlags] });
    }, 300_000);

    afterAll(async () => {
      await (browser as Browser | undefined)?.close(); // missing where the build failed
      (server as ChildProcess | undefined)?.kill();
    });

    beforeEach(async () => {
      context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' });
      dashboard = new Dashboard(await context.newPage());
    });

    afterEach(async () => {
      expect(dashboard.problems).toEqual([]);
      await context.close();
    });

    it('responds within seconds with a page in which no job has started, except the one that it waits for', async () => {
      const before = Date.now();
      const html = await (await fetch(url)).text();
      expect(Date.now() - before).toBeLessThan(SOON_MS);
      expect(html).toContain('Pendulums, 60 frames a second');
      expect(html).toContain('frame 0');
      expect(html).toContain('The jobs start when the page is alive.');
      expect(html).toMatch(/<output[^>]*aria-label="Load"[^>]*>\d+\.\d\d<\/output>/);
      expect(html.match(/<button[^>]*disabled/g)?.length).toBe(6);
    });

    it('becomes stable with its jobs running, and shows the values of the server until they emit others', async () => {
      await dashboard.page.route('/api/load', (route) => route.abort());
      const html = await (await dashboard.page.goto(url))?.text();
      const sent = /aria-label="Load"[^>]*>([^<]+)</.exec(html ?? '')?.[1];
      await dashboard.whenAlive();
      expect(await dashboard.page.getByLabel('Load').textContent()).toBe(sent ?? '');
      if (configuration === 'development') {
        const hydrated = (): boolean =>
          dashboard.lines.some((line) => /Angular hydrated \d+ component\(s\) and \d+ node\(s\), 0 component/.test(line));
        await until('Angular says that it is stable, and all is hydrated', hydrated);
      }
      dashboard.problems.length = 0; // the requests that this spec had fail
    });

    it('runs its jobs, and the accounting is balanced', async () => {
      await dashboard.page.goto(url);
      await dashboard.whenAlive();
      await until(
        'film and load run',
        async () => ((await dashboard.counts('film'))[0] ?? 0) > 60 && ((await dashboard.counts('load'))[1] ?? 0) > 1,
      );
      await dashboard.click('app-wave-card', 'Pause');
      const [fires, ...outcomes] = await dashboard.counts('film');
      expect(outcomes.reduce((sum, count) => sum + count, 0)).toBe(fires ?? -1);
      expect(await dashboard.page.locator('footer').textContent()).toMatch(/alive for [1-9]\d* s/);
    });

    it('pauses the film and continues with the next frame', async () => {
      await dashboard.page.goto(url);
      await until('the film runs', async () => (await dashboard.frame()) > 30);
      await dashboard.click('app-wave-card', 'Pause');
      await dashboard.page.locator('app-wave-card').getByRole('button', { name: 'Resume' }).waitFor();
      const stoppedAt = await dashboard.frame();
      await wait(700);
      expect(await dashboard.frame()).toBe(stoppedAt);
      const next = dashboard.page.getByLabel('Frame').evaluate(
        (output) =>
          new Promise<string | null>((resolve) => {
            new MutationObserver(() => {
              resolve(output.textContent);
            }).observe(output, { subtree: true, characterData: true, childList: true });
          }),
      );
      await dashboard.click('app-wave-card', 'Resume');
      // frames that are due within one turn of the browser are painted as one
      expect(Number((await next)?.replace('frame ', '')) - stoppedAt).toBeLessThan(60);
      expect(Number((await next)?.replace('frame ', ''))).toBeGreaterThan(stoppedAt);
    });

    it('runs a job when asked, and moves it to another zone', async () => {
      await dashboard.page.goto(url);
      await dashboard.whenAlive();
      const card = dashboard.page.locator('app-stand-up-card');
      await dashboard.click('app-stand-up-card', 'Run now');
      await until('it has rung', async () => (await card.textContent())?.includes('rung 1 time') ?? false);
      const here = async (): Promise<string | null> => card.locator('li small').first().textContent();
      const before = await here();
      await card.getByLabel('in').selectOption('Asia/Tokyo');
      await until('it rings at another time', async () => (await here()) !== before);
      expect(await card.locator('li span').allTextContents()).toEqual([
        jasmine.stringContaining('09:00'),
        jasmine.stringContaining('09:00'),
        jasmine.stringContaining('09:00'),
      ]);
      const next = dashboard.page.locator('tr[data-job="stand-up"] .time');
      const hour = async (): Promise<string> => /\d\d:\d\d/.exec((await next.textContent()) ?? '')?.[0] ?? 'no time';
      await until('the table says the same', async () => (await here())?.includes(await hour()) ?? false);
    });

    it('sends no request while there is no network', async () => {
      await dashboard.page.goto(url);
      await dashboard.whenAlive();
      await context.setOffline(true);
      const card = dashboard.page.locator('app-load-card');
      await until('it waits', async () => (await card.textContent())?.includes('waits') ?? false);
      await until('nothing is under way', async () => {
        const [fires, ...outcomes] = await dashboard.counts('load');
        return outcomes.reduce((sum, count) => sum + count, 0) === fires;
      });
      await wait(200); // the table may be so late
      dashboard.requests.length = 0;
      await wait(1500);
      expect(dashboard.requests).toEqual([]);
      await context.setOffline(false);
      await until('it asks again', () => dashboard.requests.includes('/api/load'));
      dashboard.problems.length = 0; // a request that was under way when the network went
    });

    it('pauses while the page is hidden', async () => {
      await dashboard.page.goto(url);
      await until('the film runs', async () => (await dashboard.frame()) > 10);
      await dashboard.show('hidden');
      await until('the film waits', async () => (await dashboard.page.locator('tr[data-job="film"] .state').textContent()) === 'waiting');
      const stoodAt = await dashboard.frame();
      await wait(700);
      expect(await dashboard.frame()).toBe(stoodAt);
      await dashboard.show('visible');
      await until('the film goes on', async () => (await dashboard.frame()) > stoodAt);
    });

    it('removes the jobs of a page with the page, and adds them again', async () => {
      await dashboard.page.goto(url);
      await dashboard.whenAlive();
      await dashboard.page.getByRole('link', { name: 'Elsewhere' }).click();
      await until('the jobs of the app are left', async () => (await dashboard.jobs()).join() === 'tips,uptime');
      dashboard.requests.length = 0;
      await wait(1500);
      expect(dashboard.requests).toEqual([]);
      await dashboard.page.getByRole('link', { name: 'Dashboard', exact: true }).click();
      await dashboard.whenAlive();
      await until('the film runs', async () => (await dashboard.frame()) > 5);
    });
  });
}
