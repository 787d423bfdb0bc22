import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { plainLine } from '../../core/plain-text.ts';
import type { PreparedStrategy, Strategy } from '../../panel/index.ts';

type PrepareStrategy = Parameters<Strategy['prepare']>[0];

/** A path, as `./mine.ts`, or a name that ends as one: as scorers of one's own are named. */
const PATH = /^(?:\.{1,2}[\\/]|[\\/]|[A-Za-z]:[\\/])|\.(?:[cm]?[jt]s)$/;

/** True for what names a file that is a strategy. */
export function isStrategyFile(name: string): boolean {
  return PATH.test(name);
}

/**
 * Loads a strategy from a file of the user, which is code that runs here: only a flag may name it. It exports an object
 * `strategy`, of which only `prepare` is needed.
 *
 * @param shown the file as the user wrote it
 * @returns what is wrong with it, as a sentence
 */
export async function loadStrategy(path: string, shown: string): Promise<Strategy | string> {
  const label = `--strategy ${plainLine(shown, 500)}`;
  let strategy: unknown;
  try {
    const loaded = (await import(pathToFileURL(path).href)) as Exported;
    // What a CommonJS file exports is not always seen as names.
    strategy = loaded.strategy ?? loaded.default?.strategy;
  } catch (error) {
    if (!(await isThere(path))) return `${label}: there is no such file.`;
    const why = error instanceof Error ? error.message : String(error);
    const isCommon = error instanceof SyntaxError && /\.[jt]s$/.test(path);
    const hint = isCommon
      ? ' Name it .mts, or .mjs, where the nearest package.json does not say "type": "module".'
      : '';
    return `${label}: it cannot be loaded: ${plainLine(why, 500)}.${hint}`;
  }
  if (typeof strategy !== 'object' || strategy === null || Array.isArray(strategy)) {
    return `${label}: it exports no object \`strategy\` with prepare().`;
  }
  const { prepare, parameters = [], about = 'a strategy of your own' } = strategy as Strategy;
  if (typeof prepare !== 'function') {
    return `${label}: its \`strategy\` has no function prepare().`;
  }
  if (!Array.isArray(parameters)) return `${label}: its parameters are no list.`;
  const { decides, ranks } = strategy as Strategy;
  const guarded = (options: PrepareStrategy) =>
    guardedStrategy(plainLine(shown, 200), prepare, options);
  return { name: shown, about, parameters, decides, ranks, prepare: guarded };
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** What it prepares; what it throws, or gives that is none, is said to be its own. */
function guardedStrategy(
  name: string,
  prepare: Strategy['prepare'],
  options: PrepareStrategy,
): PreparedStrategy {
  const fail = (why: string) => new TypeError(`--strategy ${name}: ${why}`);
  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
  let prepared: PreparedStrategy;
  try {
    prepared = prepare(options);
  } catch (error) {
    throw fail(`prepare() failed: ${messageOf(error)}`);
  }
  if (typeof prepared !== 'object' || prepared === null) throw fail('prepare() gave no object');
  const { select } = prepared;
  if (select === undefined) return prepared;
  return {
    ...prepared,
    select: async (answers, context) => {
      let selection: Awaited<ReturnType<typeof select>>;
      try {
        selection = await select(answers, context);
      } catch (error) {
        throw fail(`select() failed: ${messageOf(error)}`);
      }
      const kept: unknown = selection?.kept;
      if (Array.isArray(kept) && kept.every((one) => answers.includes(one))) return selection;
      throw fail('select() must give {kept: […]} with answers that it was given');
    },
  };
}

interface Exported {
  readonly strategy?: unknown;
  readonly default?: { readonly strategy?: unknown };
}
