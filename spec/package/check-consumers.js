// Packs the library and tries it as its users do: installed by npm, compiled by TypeScript 5.6 to 7.0 in ES and CommonJS packages, in
// Jest, ts-jest and vitest, bundled by Vite, webpack and esbuild, in Bun and Deno. The tools are those of consumers/, from its lock file.
//   node spec/package/check-consumers.js            all
//   node spec/package/check-consumers.js jest       those whose name contains "jest"
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');
const project = mkdtempSync(path.join(tmpdir(), 'consumers-'));
const modules = path.join(project, 'node_modules');
const wanted = process.argv[2] ?? '';

/** Runs a command, and returns what it wrote; what fails says all that it wrote. */
function run(command, args, cwd, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return `${stdout}${stderr}`;
}

const node = (args, cwd, env) => run(process.execPath, args, cwd, env);
const tool = (name) => path.join(modules, '.bin', name);

function expectLine(line, output) {
  if (!output.split('\n').some((one) => one.trim() === line)) throw new Error(`expected the line "${line}", got\n${output}`);
}

const cases = [];
function consumer(name, files, check) {
  cases.push({ name, files, check });
}

const LINE = '3 runs, next at 2026-03-08T07:00:00.000Z';

/** A program that uses three entry points, and writes LINE. */
const body = `
const clock = new VirtualClock(Date.UTC(2026, 2, 8));
const registry: JobRegistry = new Scheduler({ clock, logger: false });
registry.addJob('tick', intervalTrigger(1000, { maxRuns: 3 }), (name: string) => name.length, { args: ['Ada'] });
const [next] = nextFireTimes(cronTrigger('30 2 * * *', { timezone: 'America/New_York' }), { from: clock.now(), count: 1 });
void clock.runAll().then(() => {
  const status: JobStatus | null = registry.getJobStatus('tick');
  console.log(\`\${String(status?.executionCount)} runs, next at \${new Date(next ?? NaN).toISOString()}\`);
});
`;
const imported = `
import { Scheduler, cronTrigger, nextFireTimes } from 'extended-scheduler';
import { JobRegistry, intervalTrigger } from 'extended-scheduler/core';
import { VirtualClock } from 'extended-scheduler/testing';
`;
const typescript = `${imported}import type { JobStatus } from 'extended-scheduler';\n${body}`;
const javascript = `${imported}${body}`.replaceAll(/: (JobRegistry|string|JobStatus \| null)/g, '');
const required = javascript.replaceAll(/import (\{[^}]*\}) from ('[^']*');/g, 'const $1 = require($2);');
const packageOf = (type) => JSON.stringify({ type });

// ---- Node

consumer('node, import', { 'package.json': packageOf('module'), 'main.js': javascript }, (cwd) => expectLine(LINE, node(['main.js'], cwd)));
consumer('node, require', { 'package.json': packageOf('commonjs'), 'main.js': required }, (cwd) =>
  expectLine(LINE, node(['main.js'], cwd)),
);
consumer(
  'node, an import that names the CommonJS files',
  {
    'main.mjs': javascript.replaceAll(
      /'extended-scheduler(\/(\w+))?'/g,
      (_, __, name = 'index') => `'../node_modules/extended-scheduler/dist/${name}.cjs'`,
    ),
  },
  (cwd) => expectLine(LINE, node(['main.mjs'], cwd)),
);

/** The offset reader of date-fns-tz creates a format as soon as it runs. */
consumer(
  'no cron code runs before the first cron trigger',
  {
    'main.mjs': `
const { DateTimeFormat } = Intl;
let formats = 0;
Intl.DateTimeFormat = new Proxy(DateTimeFormat, { construct: (...args) => (formats++, Reflect.construct(...args)) });
const { cronTrigger, intervalTrigger } = await import('extended-scheduler');
intervalTrigger(1000);
const before = formats;
cronTrigger('* * * * *', { timezone: 'Europe/London' });
console.log(before, formats > 0);`,
  },
  (cwd) => expectLine('0 true', node(['main.mjs'], cwd)),
);

/** The maps of both kinds of files lead from an error to the line of src that threw it. */
const thrownAt = readFileSync(path.join(root, 'src/cron/normalise.ts'), 'utf8')
  .split('\n')
  .findIndex((text) => text.includes("'FIELD_COUNT'"));
for (const file of ['index.js', 'index.cjs']) {
  const program = `try { cronTrigger('* * *'); } catch (error) { console.log(/src.cron.normalise.ts:(\\d+)/.exec(error.stack)?.[1]); }`;
  const files = { 'main.mjs': `import { cronTrigger } from '../node_modules/extended-scheduler/dist/${file}';\n${program}` };
  consumer(`source maps, ${file}`, files, (cwd) => expectLine(String(thrownAt), node(['--enable-source-maps', 'main.mjs'], cwd)));
}

// ---- TypeScript

const compilerOf = { 5.6: 'typescript-5.6', 5.9: 'typescript', '6.0': 'typescript-6.0', '7.0': 'typescript-7.0' };

function compiles(version, name, source, { type, options = {}, runs = true, line = LINE }) {
  const compilerOptions = { target: 'ES2022', lib: ['ES2022', 'DOM'], strict: true, skipLibCheck: false, types: [], ...options };
  const files = {
    'package.json': packageOf(type),
    'main.ts': source,
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['main.ts'] }),
  };
  consumer(`TypeScript ${version}, ${name}`, files, (cwd) => {
    node([path.join(modules, compilerOf[version], 'bin/tsc'), '-p', '.'], cwd);
    if (runs) expectLine(line, node(['main.js'], cwd));
  });
}

for (const version of Object.keys(compilerOf)) {
  for (const type of ['module', 'commonjs']) {
    for (const module of ['node16', 'nodenext'])
      compiles(version, `${module} in a ${type} package`, typescript, { type, options: { module } });
    const options = { module: 'esnext', moduleResolution: 'bundler' };
    compiles(version, `bundler in a ${type} package`, typescript, { type, options, runs: type === 'module' });
  }
}
for (const version of ['5.6', '5.9'])
  compiles(version, 'node10 in a commonjs package', typescript, {
    type: 'commonjs',
    options: { module: 'commonjs', moduleResolution: 'node10' },
  });

const decorated = (member) => `
import { Scheduler, intervalTrigger, scheduledJob } from 'extended-scheduler';

const scheduler = new Scheduler();
class Service {
  static label = 'static';
  label = 'instance';
  @scheduledJob(scheduler, 'task', intervalTrigger(5), { maxRuns: 1 }) ${member}task(): void {
    console.log(this.label);
    setTimeout(() => scheduler.shutdown(), 5);
  }
}
new Service();
`;
const ecma = { type: 'module', options: { module: 'nodenext' } };
compiles('6.0', 'standard decorators', decorated(''), { ...ecma, line: 'instance' });
compiles('6.0', 'legacy decorators', decorated('static '), {
  type: 'module',
  options: { module: 'nodenext', experimentalDecorators: true },
  line: 'static',
});

/** Each wrong call is reported once, and a call without the right args names args: TypeScript 7 reports only the last overload. */
const wrongCalls = `
import { Scheduler, intervalTrigger } from 'extended-scheduler';
const scheduler = new Scheduler();
const send = (to: string, count: number): void => console.log(to, count);
scheduler.addIntervalJob('missing', 1000, send);
scheduler.addIntervalJob('missing beside others', 1000, send, { maxRuns: 1 });
scheduler.addCronJob('too few', '* * * * *', send, { args: ['x'] });
scheduler.addJob('of wrong types', intervalTrigger(1000), send, { args: [1, 'x'] });
scheduler.addIntervalJob('a wrong value', 1000, () => 1, { overlap: 'nope' });
scheduler.addIntervalJob('a wrong name', 1000, () => 1, { maxRun: 3 });
`;
for (const version of Object.keys(compilerOf)) {
  const compilerOptions = { target: 'ES2022', lib: ['ES2022', 'DOM'], module: 'nodenext', strict: true, noEmit: true, types: [] };
  const files = {
    'package.json': packageOf('module'),
    'main.ts': wrongCalls,
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['main.ts'] }),
  };
  consumer(`TypeScript ${version}, wrong options`, files, (cwd) => {
    const { stdout } = spawnSync(process.execPath, [path.join(modules, compilerOf[version], 'bin/tsc'), '-p', '.'], {
      cwd,
      encoding: 'utf8',
    });
    const errors = stdout.split(/^(?=main\.ts\()/m).filter((text) => text.startsWith('main.ts('));
    const lines = errors.map((text) => Number(/^main\.ts\((\d+)/.exec(text)?.[1]));
    if (String(lines) !== '5,6,7,8,9,10') throw new Error(`expected one error in each of the lines 5 to 10, got\n${stdout}`);
    const silent = errors.slice(0, 4).filter((text) => !text.includes('args'));
    if (silent.length > 0) throw new Error(`expected the word args in\n${silent.join('\n')}`);
    if (stdout.includes('No overload')) throw new Error(`expected no list of overloads, got\n${stdout}`);
  });
}

// ---- Test runners

/** The example of README under "In a test", as a test that compares what it logs with what it says. */
function readmeExample() {
  const section = readFileSync(path.join(root, 'README.md'), 'utf8').split('## In a test')[1];
  const code = /```ts\n([^]*?)```/.exec(section)[1];
  const logs = code
    .split('// Logs:\n')[1]
    .replaceAll(/^\/\/ /gm, '')
    .trim();
  const [imports, rest] = [code.match(/^import .*;$/gm).join('\n'), code.replaceAll(/^import .*;$/gm, '')];
  return {
    imports,
    test: `test('the example of README', async () => {\nconst lines = [];\nconst console = { log: (...args) => lines.push(args.join(' ')) };\n${rest}\nexpect(lines.join('\\n')).toBe(${JSON.stringify(logs)});\n});`,
  };
}
const readme = readmeExample();
const asRequire = (imports) => imports.replaceAll(/import (\{[^}]*\}) from ('[^']*');/g, 'const $1 = require($2);');

const jestFakes = `
test('jobs run under fake timers', () => {
  jest.useFakeTimers();
  const scheduler = new Scheduler({ logger: false });
  let runs = 0;
  scheduler.addIntervalJob('tick', 1000, () => { runs++; });
  jest.advanceTimersByTime(3000);
  expect(runs).toBe(3);
  expect(() => scheduler.addCronJob('bad', '* * *', () => undefined)).toThrow(InvalidCronError);
  void scheduler.shutdown();
  jest.useRealTimers();
});
`;
const jestTest = `${asRequire(readme.imports)}\nconst { InvalidCronError, Scheduler } = require('extended-scheduler');\n${readme.test}\n${jestFakes}`;
const jest = (cwd, env) => run(tool('jest'), ['--ci'], cwd, env);

consumer('Jest 30, default configuration', { 'package.json': packageOf('commonjs'), 'main.test.js': jestTest }, (cwd) => jest(cwd));
consumer(
  'Jest 30, browser conditions',
  {
    'package.json': packageOf('commonjs'),
    'jest.config.js': "module.exports = { testEnvironmentOptions: { customExportConditions: ['browser'] } };",
    'main.test.js': jestTest,
  },
  (cwd) => jest(cwd),
);
consumer(
  'Jest 30, ES modules',
  {
    'package.json': packageOf('module'),
    'jest.config.js': 'export default { transform: {} };',
    'main.test.js': `import { jest } from '@jest/globals';\nimport { InvalidCronError, Scheduler } from 'extended-scheduler';\n${readme.imports}\n${readme.test}\n${jestFakes}`,
  },
  (cwd) => jest(cwd, { NODE_OPTIONS: '--experimental-vm-modules' }),
);
consumer(
  'ts-jest',
  {
    'package.json': packageOf('commonjs'),
    'tsconfig.json': JSON.stringify({
      compilerOptions: { module: 'commonjs', target: 'ES2022', lib: ['ES2022', 'DOM'], strict: true, esModuleInterop: true },
    }),
    'jest.config.js': "module.exports = { preset: 'ts-jest' };",
    'main.test.ts': `import { expect, jest, test } from '@jest/globals';\nimport { InvalidCronError, Scheduler } from 'extended-scheduler';\n${readme.imports}\n${readme.test.replace('lines = []', 'lines: string[] = []').replace('(...args)', '(...args: unknown[])')}\n${jestFakes}`,
  },
  (cwd) => jest(cwd),
);
consumer(
  'vitest',
  {
    'package.json': packageOf('module'),
    'main.test.ts': `import { expect, test, vi as jest } from 'vitest';\nimport { InvalidCronError, Scheduler } from 'extended-scheduler';\n${readme.imports}\n${readme.test.replace('lines = []', 'lines: string[] = []').replace('(...args)', '(...args: unknown[])')}\n${jestFakes}`,
  },
  (cwd) => run(tool('vitest'), ['run'], cwd),
);

// ---- Bundlers

/** What nobody should find in his bundle. */
function expectLight(file) {
  if (/luxon/i.test(readFileSync(file, 'utf8'))) throw new Error(`${file} contains luxon`);
}

for (const [format, source] of [
  ['esm', javascript],
  ['cjs', required],
]) {
  consumer(`esbuild, ${format}`, { 'package.json': packageOf(format === 'esm' ? 'module' : 'commonjs'), 'main.js': source }, (cwd) => {
    run(tool('esbuild'), ['main.js', '--bundle', '--minify', `--format=${format}`, '--platform=node', '--outfile=out.js'], cwd);
    expectLight(path.join(cwd, 'out.js'));
    expectLine(LINE, node(['out.js'], cwd));
  });
  consumer(
    `webpack, ${format}`,
    {
      'package.json': packageOf(format === 'esm' ? 'module' : 'commonjs'),
      'main.js': source,
      'build.cjs': `require('webpack')({ mode: 'production', target: 'node', context: __dirname, entry: './main.js', output: { path: __dirname, filename: 'out.cjs' } }, (error, stats) => {
      if (error || stats.hasErrors() || stats.hasWarnings()) { console.error(error ?? stats.toString()); process.exit(1); }
    });`,
    },
    (cwd) => {
      node(['build.cjs'], cwd);
      expectLight(path.join(cwd, 'out.cjs'));
      expectLine(LINE, node(['out.cjs'], cwd));
    },
  );
}
consumer(
  'Vite',
  {
    'package.json': packageOf('module'),
    'main.js': javascript,
    'index.html': '<!doctype html><script type="module" src="/main.js"></script>',
    'vite.config.js': "export default { build: { modulePreload: false, rollupOptions: { output: { entryFileNames: 'out.js' } } } };",
  },
  (cwd) => {
    const output = run(tool('vite'), ['build'], cwd);
    if (/warn/i.test(output)) throw new Error(output);
    expectLight(path.join(cwd, 'dist/out.js'));
    expectLine(LINE, node(['dist/out.js'], cwd));
  },
);

// ---- Other runtimes

consumer('Bun', { 'package.json': packageOf('module'), 'main.ts': typescript }, (cwd) =>
  expectLine(LINE, run(tool('bun'), ['main.ts'], cwd)),
);
consumer('Deno', { 'package.json': packageOf('module'), 'main.ts': typescript }, (cwd) => {
  expectLine(LINE, run(tool('deno'), ['run', '--allow-env', '--node-modules-dir=manual', 'main.ts'], cwd));
});

// ---- npm

/** What npm installs beside RxJS: the package itself, and no other. */
function checkInstall(tarball) {
  const cwd = path.join(project, 'npm');
  mkdirSync(cwd);
  writeFileSync(path.join(cwd, 'package.json'), packageOf('module'));
  run('npm', ['install', 'rxjs@7.8.2', tarball, '--no-audit', '--no-fund', '--loglevel=error'], cwd);
  const installed = readdirSync(path.join(cwd, 'node_modules')).filter((name) => !name.startsWith('.'));
  // tslib is what RxJS brings
  if (installed.join() !== 'extended-scheduler,rxjs,tslib') throw new Error(`npm installed ${installed.join()}`);
}

const failures = [];
try {
  cpSync(path.join(import.meta.dirname, 'consumers'), project, { recursive: true });
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: project, stdio: 'inherit' });
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', project], root);
  const tarball = path.join(
    project,
    readdirSync(project).find((file) => file.endsWith('.tgz')),
  );
  mkdirSync(path.join(modules, 'extended-scheduler'));
  run('tar', ['-xzf', tarball, '-C', path.join(modules, 'extended-scheduler'), '--strip-components=1'], project);
  cases.unshift({ name: 'npm install', files: null, check: () => checkInstall(tarball) });
  for (const { name, files, check } of cases.filter((one) => one.name.includes(wanted))) {
    const cwd = path.join(project, name.replaceAll(/\W+/g, '-'));
    if (files !== null) mkdirSync(cwd);
    for (const [file, text] of Object.entries(files ?? {})) writeFileSync(path.join(cwd, file), text);
    try {
      check(cwd);
      console.log(`consumer, ${name}: works`);
    } catch (error) {
      failures.push(name);
      console.error(`consumer, ${name}: FAILED\n${error.message}`);
    }
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
console.log(`consumers: ${cases.filter((one) => one.name.includes(wanted)).length - failures.length} work, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
