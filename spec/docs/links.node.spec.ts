import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
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
