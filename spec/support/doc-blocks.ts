// The code blocks of the docs and of the docstrings, to be compiled and run.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A code block marked `ts`, or `ts zone`: that one runs in a process with zone.js. */
export interface DocBlock {
  /** Its file and line. */
  readonly place: string;
  readonly code: string;
  /** The lines after `// Logs:`, or null where it promises none. */
  readonly logs: string | null;
  readonly withZone: boolean;
}

const root: string = path.join(import.meta.dirname, '../..');
/** Where blocks are written as modules: inside the package, so that its own name resolves. */
const cache: string = path.join(root, 'spec/docs/blocks');

function filesBelow(folder: string, ending: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending) && !file.includes('node_modules'))
    .map((file) => path.join(folder, file))
    .sort();
}

/** All blocks of README.md, CHANGELOG.md, docs/ and the docstrings of src/. */
export function docBlocks(): DocBlock[] {
  const files = ['README.md', 'CHANGELOG.md', ...filesBelow('docs', '.md'), ...filesBelow('src', '.ts')];
  return files.flatMap((file) => blocksOf(file, readFileSync(path.join(root, file), 'utf8')));
}

function blocksOf(file: string, text: string): DocBlock[] {
  const blocks: DocBlock[] = [];
  let code: string[] | null = null;
  let withZone = false;
  let start = 0;
  text.split('\n').forEach((raw, index) => {
    const line = file.endsWith('.ts') ? raw.replace(/^\s*\* ?/, '') : raw;
    if (code === null && /^```ts\b/.test(line)) {
      code = [];
      withZone = line.startsWith('```ts zone');
      start = index + 1;
    } else if (code !== null && line.startsWith('```')) {
      blocks.push({ place: `${file}:${String(start)}`, code: code.join('\n'), logs: logsOf(code), withZone });
      code = null;
    } else {
      code?.push(line);
    }
  });
  return blocks;
}

function logsOf(code: readonly string[]): string | null {
  const from = code.indexOf('// Logs:');
  if (from < 0) return null;
  const lines = code.slice(from + 1);
  const until = lines.findIndex((line) => !line.startsWith('//'));
  return lines
    .slice(0, until < 0 ? undefined : until)
    .map((line) => line.replace(/^\/\/ ?/, ''))
    .join('\n');
}

/** Writes every block as a module whose default export runs it, and returns the files. */
export function writeModules(blocks: readonly DocBlock[]): string[] {
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  return blocks.map(({ code, place }, index) => {
    const file = path.join(cache, `block-${String(index)}.ts`);
    const imports = code.match(/^import [^;]*;$/gm) ?? [];
    const body = imports.reduce((rest, one) => rest.replace(one, ''), code).replace(/^export (?=class|function|const)/gm, '');
    writeFileSync(file, `// ${place}\n${imports.join('\n')}\nexport default async function (): Promise<void> {\n${body}\n}\n`);
    return file;
  });
}
