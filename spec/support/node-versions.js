// The Node versions that the package is tried on. Those that are not running are fetched from the npm registry, 190 MB each, into a
// cache folder.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const cache = path.join(import.meta.dirname, '../../node_modules/.cache/nodes');
const versions = { 20: '20.20.2', 22: '22.23.3', 24: '24.21.0' };

/** The executable of each version, by its major number. */
export function nodes() {
  return Object.entries(versions).map(([major, version]) => {
    const own = process.versions.node.split('.')[0] === major;
    return { version: own ? process.versions.node : version, bin: own ? process.execPath : fetched(version) };
  });
}

function fetched(version) {
  const isWindows = process.platform === 'win32';
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  const folder = path.join(cache, version);
  const bin = path.join(folder, isWindows ? 'bin/node.exe' : 'bin/node');
  if (existsSync(bin)) return bin;
  console.log(`fetching ${name}@${version}`);
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', `${name}@${version}`, '--json', '--silent'], { cwd: partial, encoding: 'utf8', shell: isWindows }),
  );
  execFileSync('tar', ['-xzf', packed.filename, '--strip-components=1'], { cwd: partial });
  rmSync(path.join(partial, packed.filename));
  renameSync(partial, folder);
  return bin;
}
