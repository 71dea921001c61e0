import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../..');
const reportFile = path.join(root, 'spec/data/api-report.md');
const entryPoints = {
  'extended-scheduler/core': 'core',
  'extended-scheduler': 'index',
  testing: 'testing/index',
  angular: 'angular/index',
};

/** The declaration files of src, as the package has them, in memory. */
function declarations(): Map<string, string> {
  const config = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
  const files = Object.values(entryPoints).map((entry) => path.join(root, 'src', `${entry}.ts`));
  const program = ts.createProgram(files, { ...options, emitDeclarationOnly: true, declarationMap: false });
  const emitted: Map<string, string> = new Map();
  program.emit(undefined, (file, text) => emitted.set(file.replace(`${root}/dist/`, `${root}/src/`), text), undefined, true);
  return emitted;
}

/** A program of the declaration files alone. */
function programOf(files: ReadonlyMap<string, string>): ts.Program {
  const options: ts.CompilerOptions = { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, skipLibCheck: true, types: [] };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.fileExists = (file) => files.has(file) || (!file.startsWith(`${root}/src/`) && fileExists(file));
  const entries = Object.values(entryPoints).map((entry) => `${root}/src/${entry}.d.ts`);
  return ts.createProgram(entries, options, host);
}

const printer = ts.createPrinter({ removeComments: true });

/** A declaration without its comments and private members. */
function print(node: ts.Node): string {
  const isPrivate = (member: ts.ClassElement): boolean =>
    (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Private) !== 0 ||
    (member.name !== undefined && ts.isPrivateIdentifier(member.name));
  const shown = ts.isClassDeclaration(node)
    ? ts.factory.updateClassDeclaration(
        node,
        node.modifiers,
        node.name,
        node.typeParameters,
        node.heritageClauses,
        node.members.filter((member) => !isPrivate(member)),
      )
    : ts.isVariableDeclaration(node)
      ? node.parent.parent
      : node;
  return printer.printNode(ts.EmitHint.Unspecified, shown, node.getSourceFile()).replaceAll(/^(export )?(declare )?/g, '');
}

/** All that the entry points export, one section each; what an entry point exports again is listed by name. */
function report(): string {
  const files = declarations();
  const program = programOf(files);
  const checker = program.getTypeChecker();
  const listed: Set<ts.Symbol> = new Set();
  const sections = Object.entries(entryPoints).map(([name, entry]) => {
    const file = program.getSourceFile(`${root}/src/${entry}.d.ts`);
    const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
    const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
    const lines = [...symbols]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map((symbol) => {
        const target = (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
        if (listed.has(target)) return `// ${symbol.name}: see above`;
        listed.add(target);
        return (target.declarations ?? []).map(print).join('\n');
      });
    return `## ${name.startsWith('extended') ? name : `extended-scheduler/${name}`}\n\n\`\`\`ts\n${lines.join('\n')}\n\`\`\`\n`;
  });
  const written = `# API report\n\nThe public declarations of every entry point. After a change of the API run \`UPDATE_API=1 npm run test:node -- --filter=API\`.\n\n${sections.join('\n')}`;
  return withWords(written, files);
}

/** Replaces `(typeof LIST)[number]` by the words of the list. */
function withWords(text: string, files: ReadonlyMap<string, string>): string {
  const all = [...files.values()].join('\n');
  return text.replaceAll(/\(typeof (\w+)\)\[number\]/g, (whole, list: string) => {
    const words = new RegExp(`const ${list}: readonly \\[(.*?)\\]`).exec(all)?.[1];
    return words === undefined ? whole : words.split(', ').join(' | ').replaceAll('"', "'");
  });
}

describe('the public API', () => {
  it('is that of the report in spec/data/api-report.md', () => {
    const present = report();
    if (process.env.UPDATE_API !== undefined) writeFileSync(reportFile, present);
    expect(present).toBe(readFileSync(reportFile, 'utf8'));
    expect(present.length).toBeGreaterThan(10_000);
  }, 60_000);

  it('has @default at every option, and @param, @returns and @throws at every function', () => {
    const program = programOf(declarations());
    const checker = program.getTypeChecker();
    const missing: Set<string> = new Set();
    for (const entry of Object.values(entryPoints)) {
      const file = program.getSourceFile(`${root}/src/${entry}.d.ts`);
      const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
      for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
        const target = (symbol.flags & ts.SymbolFlags.Alias) !== 0 ? checker.getAliasedSymbol(symbol) : symbol;
        for (const declaration of target.declarations ?? []) {
          if (ts.isInterfaceDeclaration(declaration) && /Options$|Object$/.test(symbol.name))
            for (const member of declaration.members)
              if (member.questionToken !== undefined && !tagsOf(member).has('default'))
                missing.add(`${symbol.name}.${nameOf(member)}: @default`);
          if (ts.isFunctionDeclaration(declaration))
            for (const tag of ['param', 'returns', 'throws'])
              if (!hasTag(target, tag) && isNeeded(declaration, tag)) missing.add(`${symbol.name}: @${tag}`);
        }
      }
    }
    expect([...missing]).toEqual([]);
  }, 60_000);
});

function tagsOf(node: ts.Node): Set<string> {
  return new Set(ts.getJSDocTags(node).map((tag) => tag.tagName.text));
}

function nameOf(member: ts.TypeElement): string {
  return member.name?.getText() ?? '';
}

/** Functions with overloads have one docblock. */
function hasTag(symbol: ts.Symbol, tag: string): boolean {
  return (symbol.declarations ?? []).some((declaration) => tagsOf(declaration).has(tag));
}

/** Functions that cannot throw. */
const SAFE: ReadonlySet<string> = new Set(['schedulerClock', 'whenOnline', 'whenVisible', 'withErrorHandler']);

function isNeeded(declaration: ts.FunctionDeclaration, tag: string): boolean {
  if (tag === 'param') return declaration.parameters.length > 0;
  if (tag === 'returns') return declaration.type?.kind !== ts.SyntaxKind.VoidKeyword;
  return !SAFE.has(declaration.name?.text ?? '');
}
