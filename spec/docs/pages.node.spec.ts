import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs'), { encoding: 'utf8' }).map((file) => `docs/${file}`),
].filter((file) => file.endsWith('.md'));

/** The links of a page that lead to files, as paths from the root of the package. */
function linksOf(page: string): string[] {
  const text = readFileSync(path.join(root, page), 'utf8');
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !link.includes('://'))
    .map((link) => path.posix.join(path.posix.dirname(page), link));
}

describe('what README and the docs link to', () => {
  it('is in the package that npm packs', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
    const links = pages.flatMap((page) => linksOf(page).map((link) => ({ page, link })));
    const missing = links.filter(({ link }) => !files.some((file) => file.path === link || file.path.startsWith(`${link}/`)));
    expect(missing).toEqual([]);
    expect(links.length).toBeGreaterThan(40);
  });
});

describe('README', () => {
  it('names the versions of the packages that are contained', () => {
    const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    const text = readFileSync(path.join(root, 'README.md'), 'utf8') + readFileSync(path.join(root, 'docs/cron.md'), 'utf8');
    for (const name of ['cron-parser', 'date-fns-tz']) {
      const named = [...text.matchAll(new RegExp(`${name}(?:\\*\\*)? (\\d+\\.\\d+\\.\\d+)`, 'g'))].map(([, version]) => version);
      expect(new Set(named))
        .withContext(name)
        .toEqual(new Set([devDependencies[name]]));
    }
  });
});
