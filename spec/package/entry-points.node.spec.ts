import path from 'node:path';
import * as esbuild from 'esbuild';

const root = path.join(import.meta.dirname, '../..');

/** The files that an entry point imports, and the packages. */
async function importsOf(entry: string): Promise<{ readonly files: string[]; readonly packages: string[] }> {
  const { metafile } = await esbuild.build({
    entryPoints: [path.join(root, 'src', entry)],
    bundle: true,
    packages: 'external',
    metafile: true,
    write: false,
    format: 'esm',
    absWorkingDir: root,
  });
  const outputs = Object.values(metafile.outputs);
  const packages = outputs.flatMap((output) => output.imports.filter(({ external }) => external === true).map((one) => one.path));
  return { files: Object.keys(metafile.inputs), packages: [...new Set(packages)].sort() };
}

describe('the entry point', () => {
  it('extended-scheduler/core has no cron, and needs RxJS only', async () => {
    const { files, packages } = await importsOf('core.ts');
    expect(files.filter((file) => file.includes('cron'))).toEqual([]);
    expect(packages).toEqual(['rxjs']);
  });

  it('extended-scheduler needs RxJS, and the two packages that the build contains', async () => {
    const { packages } = await importsOf('index.ts');
    expect(packages).toEqual(['cron-parser', 'date-fns-tz', 'rxjs']);
  });
});
