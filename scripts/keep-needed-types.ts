import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const SPECIFIER = /(?:\bfrom|\bimport\(|\bimport)\s*['"](\.{1,2}\/[^'"]+)\.ts['"]/g;
/** An import of a library, which is part of the bundle and not installed beside it. */
const OF_LIBRARY = /^import [^;]* from ['"](?!\.|node:)[^'"]+['"];$/gm;

/**
 * Removes the declarations that nobody who imports the library sees, since the compiler writes one for every file; in the
 * others lets a compiler pass over imports of what is bundled.
 *
 * @param folder where they are
 * @param entry the library's own
 */
export function keepNeededTypes(folder: string, entry: string): void {
  const needed = new Set<string>();
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (needed.has(file)) continue;
    needed.add(file);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(OF_LIBRARY, '// @ts-ignore\n$&'));
    for (const [, name] of text.matchAll(SPECIFIER)) {
      open.push(join(dirname(file), `${name!}.d.ts`));
    }
  }
  removeOthers(folder, needed);
}

/** Removes all files but some, and the folders in which nothing is left. */
function removeOthers(folder: string, kept: ReadonlySet<string>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOthers(path, kept);
    else if (!kept.has(path)) rmSync(path);
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
