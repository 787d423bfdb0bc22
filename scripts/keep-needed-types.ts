import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `import { A, type B as C } from './x.ts'`, `export … from`, and what names nothing: `export * from`, `import './x.ts'`. */
const STATEMENT =
  /^(?:import|export)(?: type)?(?: (?:\{([^}]*)\}|[^;{}'"]+) from)? ?['"](\.{1,2}\/[^'"]+)\.ts['"];$/gm;
/** `import("./x.ts").A` within a type. */
const INLINE = /\bimport\(['"](\.{1,2}\/[^'"]+)\.ts['"]\)(?:\.(\w+))?/g;
const COMMENT = /\/\*[\s\S]*?\*\//g;
/** An import of a library, which is part of the bundle and not installed beside it. */
const OF_LIBRARY = /^import [^;]* from ['"](?!\.|node:)[^'"]+['"];$/gm;
const ALL = '*';

/**
 * Removes the declarations that nobody who imports the library sees, since the compiler writes one for every file: files,
 * and what files that only pass others' names on pass on besides. In the others lets a compiler pass over imports of what
 * is bundled.
 *
 * @param folder where they are
 * @param entry the library's own
 */
export function keepNeededTypes(folder: string, entry: string): void {
  const needed = new Map([[entry, new Set([ALL])]]);
  const open = [entry];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    const names = needed.get(file)!;
    for (const { target, name } of namesAskedFor(kept(readFileSync(file, 'utf8'), names))) {
      const path = join(dirname(file), `${target}.d.ts`);
      const asked = needed.get(path) ?? new Set();
      if (asked.has(name)) continue;
      needed.set(path, asked.add(name));
      open.push(path);
    }
  }
  for (const [file, names] of needed) {
    const text = kept(readFileSync(file, 'utf8'), names);
    writeFileSync(file, text.replaceAll(OF_LIBRARY, '// @ts-ignore\n$&'));
  }
  removeOthers(folder, needed);
}

/** Of a file that only passes names on, those that are asked for; any other file as it is. */
function kept(text: string, names: ReadonlySet<string>): string {
  const passesOn = text.replaceAll(COMMENT, '').replaceAll(STATEMENT, '').trim() === '';
  if (!passesOn || names.has(ALL)) return text;
  const lessened = text.replaceAll(STATEMENT, (statement, list: string | undefined) => {
    if (list === undefined) return statement;
    const left = wordsOf(list).filter((word) => names.has(word.split(' ').at(-1)!));
    return left.length === 0 ? '' : statement.replace(list, ` ${left.join(', ')} `);
  });
  return lessened.replaceAll(/\n{2,}/g, '\n');
}

interface AskedName {
  readonly target: string;
  readonly name: string;
}

/** What a file takes of others. */
function namesAskedFor(text: string): AskedName[] {
  const inStatements = [...text.matchAll(STATEMENT)].flatMap(([, list, target]) => {
    const names = list === undefined ? [ALL] : wordsOf(list).map(originalName);
    return names.map((name) => ({ target: target!, name }));
  });
  const inTypes = [...text.matchAll(INLINE)].map(([, target, name = ALL]) => {
    return { target: target!, name };
  });
  return [...inStatements, ...inTypes];
}

function wordsOf(list: string): string[] {
  return list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}

/** `A` of `type A as B`. */
function originalName(word: string): string {
  return word.replace(/^type /, '').split(' ')[0]!;
}

/** Removes all files but some, and the folders in which nothing is left. */
function removeOthers(folder: string, needed: ReadonlyMap<string, unknown>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) removeOthers(path, needed);
    else if (!needed.has(path)) rmSync(path);
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
