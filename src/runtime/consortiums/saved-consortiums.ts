import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { systemCode } from '../../io/index.ts';
import { type Home, homeFile } from '../environment/home.ts';
import { consortiumNameProblem } from './consortium-name.ts';
import type { ConsortiumOptions } from './consortium-options.ts';

/** A model that a parameter of a strategy names. */
export interface StrategyModel {
  /** Place of the strategy in its list. */
  readonly strategy: number;
  readonly parameter: string;
  readonly model: string;
}

/** A consortium that was found by its name, its file or flags. */
export interface FoundConsortium {
  readonly name: string;
  readonly options: ConsortiumOptions;
  /** What is wrong with it, but for its models: whole sentences, with file and line where there are such. */
  readonly problems: readonly string[];
  /** Those of them that only say what of the file, or of flags, cannot be read. */
  readonly unreadable: readonly string[];
  /** The keys of a file that these are about. */
  readonly wrongKeys: ReadonlySet<string>;
  /** What is hardly meant. */
  readonly warnings: readonly string[];
  /** The models that parameters of strategies name. */
  readonly strategyModels: readonly StrategyModel[];
  /** Says where a member or an arbiter is named, `FILE:LINE:COLUMN`; null where flags name it. */
  place(part: 'members' | 'arbiter' | 'strategy', index: number): string | null;
}

/** Where consortiums are looked up by their names. */
export interface ConsortiumSource {
  /** Reads one, its file and no other; undefined if there is none of that name. */
  find(name: string): FoundConsortium | undefined;
  /** The names that are there; no file is read. */
  names(): readonly string[];
}

/** Consortiums of nobody. */
export const NO_CONSORTIUMS: ConsortiumSource = { find: () => undefined, names: () => [] };

const ENDING = '.yaml';
const MAX_BYTES = 1024 * 1024;

/** The folder of the saved consortiums; null without a home. */
export function consortiumFolder(home: Home): string | null {
  return homeFile(home, 'consortiums');
}

/** The path of a saved consortium. */
export function consortiumPath(folder: string, name: string): string {
  return join(folder, name + ENDING);
}

/** The names of the consortiums that are saved in a folder, in order; none where it cannot be read. */
export function savedNames(folder: string | null): readonly string[] {
  if (folder === null) return [];
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith(ENDING));
    const names = files.map((file) => file.slice(0, -ENDING.length));
    return names.filter((name) => consortiumNameProblem(name) === null).sort();
  } catch {
    return [];
  }
}

/** Reads the bytes of a consortium's file. @param label the file as messages show it */
export type ReadConsortium = (name: string, bytes: Uint8Array, label: string) => FoundConsortium;

/** The consortiums of a home. Each file is read when it is named, and once. */
export class SavedConsortiums implements ConsortiumSource {
  readonly #folder: string;
  readonly #readBytes: ReadConsortium;
  readonly #found = new Map<string, FoundConsortium | undefined>();

  constructor(folder: string, read: ReadConsortium) {
    this.#folder = folder;
    this.#readBytes = read;
  }

  find(name: string): FoundConsortium | undefined {
    if (consortiumNameProblem(name) !== null) return undefined;
    if (!this.#found.has(name)) this.#found.set(name, this.#read(name));
    return this.#found.get(name);
  }

  names(): readonly string[] {
    return savedNames(this.#folder);
  }

  #read(name: string): FoundConsortium | undefined {
    const path = consortiumPath(this.#folder, name);
    // A disk that knows no case would give the file of another name.
    if (!this.names().includes(name)) return undefined;
    const read = readSmallFileNow(path);
    const label = plainLine(path, 500);
    if (typeof read !== 'string') return this.#readBytes(name, read, label);
    const nothing = { options: {}, warnings: [], strategyModels: [], wrongKeys: new Set<string>() };
    const problems = [`${label} ${read}`];
    return { name, ...nothing, problems, unreadable: problems, place: () => null };
  }
}

/** The bytes of a small file, at once; what is wrong with it, as the end of a sentence. */
function readSmallFileNow(path: string): Buffer | string {
  let fd: number | undefined;
  try {
    // Without O_NONBLOCK, opening a named pipe would wait for ever.
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const status = fstatSync(fd);
    if (!status.isFile()) return 'is not a regular file.';
    if (status.size > MAX_BYTES) return 'is larger than 1 MiB.';
    const buffer = Buffer.alloc(status.size);
    let length = 0;
    while (length < buffer.length) {
      const count = readSync(fd, buffer, length, buffer.length - length, null);
      if (count === 0) break;
      length += count;
    }
    return buffer.subarray(0, length);
  } catch (error) {
    return `cannot be read (${systemCode(error) ?? 'unknown error'}).`;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
