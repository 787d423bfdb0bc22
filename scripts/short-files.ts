// Files that may exist only to keep another short: reported by scripts/check.ts, never refused.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A short file, and the only file that imports it. */
export interface ShortFile {
  readonly file: string;
  readonly lines: number;
  readonly importer: string;
}

const FEW_LINES = 25;
const SPECIFIER = /(?:\bfrom|\bimport\()\s*'(\.{1,2}\/[^']+\.ts)'/g;

/** Finds the files of `root/src` below 25 lines that one file imports, and that lies beside them. */
export function findShortFiles(root: string): ShortFile[] {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !/\.(test|test-support|generated|d)\.ts$/.test(name))
    .sort();
  const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
  const importers = new Map<string, Set<string>>();
  for (const [file, text] of texts) {
    for (const [, specifier] of text.matchAll(SPECIFIER)) {
      const target = join(dirname(file), specifier!).replaceAll('\\', '/');
      importers.set(target, (importers.get(target) ?? new Set()).add(file));
    }
  }
  return [...texts].flatMap(([file, text]) => {
    const lines = text.split('\n').length - 1;
    const [importer, ...others] = importers.get(file) ?? [];
    const alone = importer !== undefined && others.length === 0;
    const beside =
      alone && dirname(importer) === dirname(file) && basename(importer) !== 'index.ts';
    return beside && lines < FEW_LINES ? [{ file, lines, importer }] : [];
  });
}
