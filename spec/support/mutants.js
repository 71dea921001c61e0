// Do the specs notice a fault? Changes one place of the sources at a time, in a copy, and runs the specs in Node.
//   npm run test:mutants                      300 mutants, drawn with seed 1
//   npm run test:mutants -- 500 7             500 mutants, drawn with seed 7
//   npm run test:mutants -- 500 7 FILE        those of them that an earlier run, whose output is in FILE, says have survived
// A mutant is killed if a spec fails or a run takes too long. Texts of errors and log lines are not changed.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { clearTimeout, setTimeout } from 'node:timers';
import * as esbuild from 'esbuild';
import ts from 'typescript';

const [count = 300, seed = 1] = process.argv.slice(2, 4).map(Number);
const earlier = process.argv[4];
const root = path.join(import.meta.dirname, '../..');
const folders = ['jobs', 'engines', 'triggers', 'time'];
/** Two rounds of specs: the quick ones, and for survivors those in real time, which must fail twice: a busy machine fails them as well. */
const rounds = [
  { specs: /^(jobs|engines|triggers|time|timetables|operators|scheduler|model)\//, seconds: 60, tries: 1 },
  { specs: /^(testing\/(?!fake)|real-time\/(async-context|real-time|set-clock))/, seconds: 120, tries: 2 }, // keep-alive starts processes of the sources
];
const workers = 2;

const { SyntaxKind } = ts;
/** What stands in the place of an operator. */
const swaps = new Map([
  [SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [SyntaxKind.LessThanToken, '<='],
  [SyntaxKind.LessThanEqualsToken, '<'],
  [SyntaxKind.GreaterThanToken, '>='],
  [SyntaxKind.GreaterThanEqualsToken, '>'],
  [SyntaxKind.PlusToken, '-'],
  [SyntaxKind.MinusToken, '+'],
  [SyntaxKind.AsteriskToken, '/'],
  [SyntaxKind.SlashToken, '*'],
  [SyntaxKind.PercentToken, '*'],
  [SyntaxKind.AmpersandAmpersandToken, '||'],
  [SyntaxKind.BarBarToken, '&&'],
  [SyntaxKind.QuestionQuestionToken, '&&'],
  [SyntaxKind.PlusEqualsToken, '-='],
  [SyntaxKind.MinusEqualsToken, '+='],
  [SyntaxKind.QuestionQuestionEqualsToken, '='],
  [SyntaxKind.PlusPlusToken, '--'],
  [SyntaxKind.MinusMinusToken, '++'],
]);

/** All mutants of one file: what to put where. */
function mutantsOf(file) {
  const text = readFileSync(path.join(root, file), 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const found = [];
  const add = (from, to, by) => found.push({ file, from, to, by, line: source.getLineAndCharacterOfPosition(from).line + 1 });
  const replace = (node, by) => add(node.getStart(source), node.end, by);
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isBinaryExpression(node) && swaps.has(node.operatorToken.kind)) replace(node.operatorToken, swaps.get(node.operatorToken.kind));
    if (ts.isPrefixUnaryExpression(node)) {
      if (node.operator === SyntaxKind.ExclamationToken || node.operator === SyntaxKind.MinusToken)
        replace(node, node.operand.getText(source));
      else if (swaps.has(node.operator)) add(node.getStart(source), node.operand.getStart(source), swaps.get(node.operator));
    }
    if (ts.isPostfixUnaryExpression(node)) add(node.operand.end, node.end, swaps.get(node.operator));
    if (ts.isIfStatement(node)) for (const by of ['true', 'false']) replace(node.expression, by);
    if (ts.isConditionalExpression(node)) for (const by of ['true', 'false']) replace(node.condition, by);
    if (ts.isWhileStatement(node)) replace(node.expression, 'false');
    if (ts.isForStatement(node) && node.condition !== undefined) replace(node.condition, 'false');
    if (node.kind === SyntaxKind.TrueKeyword) replace(node, 'false');
    if (node.kind === SyntaxKind.FalseKeyword) replace(node, 'true');
    if (ts.isNumericLiteral(node)) replace(node, node.text === '0' ? '1' : '0');
    if (ts.isIdentifier(node) && ['min', 'max'].includes(node.text) && node.parent.getText(source).startsWith('Math.')) {
      replace(node, node.text === 'min' ? 'max' : 'min');
    }
    if (ts.isExpressionStatement(node) && !node.getText(source).startsWith('super')) replace(node, ';');
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function random(start) {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sample(all) {
  const next = random(seed);
  for (let last = all.length - 1; last > 0; last--) {
    const other = Math.floor(next() * (last + 1));
    [all[last], all[other]] = [all[other], all[last]];
  }
  return all.slice(0, count);
}

/** A copy of the sources and the specs. */
function workplace() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mutants-'));
  for (const name of ['src', 'spec', 'package.json', 'tsconfig.json'])
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}

/** The specs of a round in one file: that starts in a fifth of the time. */
async function bundle(folder, { specs }) {
  const found = readdirSync(path.join(folder, 'spec'), { recursive: true, encoding: 'utf8' });
  const files = found.filter((name) => specs.test(name) && /(?<!\.(browser|zone|app))\.spec\.ts$/.test(name)).sort();
  const outfile = path.join(folder, `specs-${rounds.findIndex((round) => round.specs === specs)}.mjs`);
  await esbuild.build({
    stdin: { contents: files.map((name) => `import './spec/${name}';`).join('\n'), resolveDir: folder },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'es2022',
    packages: 'external',
    alias: {
      'extended-scheduler': path.join(folder, 'src/index.ts'),
      'extended-scheduler/testing': path.join(folder, 'src/testing/index.ts'),
    },
    ignoreAnnotations: true, // our own sideEffects: false would drop the specs
    logLevel: 'silent',
  });
  return outfile;
}

/** Whether the specs of a round pass. */
async function pass(folder, round) {
  const outfile = await bundle(folder, round);
  const args = ['node_modules/jasmine/bin/jasmine.js', '--fail-fast', '--random=false', path.basename(outfile)];
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore', detached: true });
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), round.seconds * 1000);
    child.on('exit', (code) => {
      clearTimeout(timer);
      resolve(code === 0);
    });
  });
}

/** A mutant that is no program is no test of the specs; it counts as killed, as the compiler does it. */
async function compiles(folder) {
  try {
    await bundle(folder, rounds[0]);
    return true;
  } catch {
    return false;
  }
}

async function isKilled(folder, { file, from, to, by }) {
  const target = path.join(folder, file);
  const text = readFileSync(target, 'utf8');
  writeFileSync(target, `${text.slice(0, from)}${by}${text.slice(to)}`);
  let survives = await compiles(folder);
  for (const round of rounds) {
    let passes = false;
    for (let tried = 0; survives && !passes && tried < round.tries; tried++) passes = await pass(folder, round);
    survives &&= passes;
  }
  writeFileSync(target, text);
  return !survives;
}

const files = folders.flatMap((folder) =>
  readdirSync(path.join(root, 'src', folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.join('src', folder, name))
    .sort(),
);
const all = files.flatMap(mutantsOf);
const total = all.length;
/** A survivor in one line. */
function lineOf({ file, line, from, to, by }) {
  const text = readFileSync(path.join(root, file), 'utf8').slice(from, to).replace(/\s+/g, ' ').slice(0, 80);
  return `survived: ${file}:${line}  ${text}  =>  ${by.slice(0, 60)}`;
}

const told = earlier === undefined ? null : new Set(readFileSync(earlier, 'utf8').split('\n'));
const drawn = sample(all).filter((mutant) => told === null || told.has(lineOf(mutant)));
const survivors = [];
let done = 0;
const waiting = drawn.values();
const work = async () => {
  const folder = workplace();
  for (const round of rounds) if (!(await pass(folder, round))) throw new Error('the specs fail without a mutant');
  for (const mutant of waiting) {
    if (!(await isKilled(folder, mutant))) {
      survivors.push(mutant);
      console.log(lineOf(mutant));
    }
    done++;
    if (done % 25 === 0) console.log(`${done} of ${drawn.length}, ${survivors.length} survived`);
  }
  rmSync(folder, { recursive: true, force: true });
};
await Promise.all(Array.from({ length: workers }, work));
const killed = drawn.length - survivors.length;
console.log(
  `mutants: ${killed} of ${drawn.length} killed (${((100 * killed) / drawn.length).toFixed(1)} %), of ${total} possible, seed ${seed}`,
);
