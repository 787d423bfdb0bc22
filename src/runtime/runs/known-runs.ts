import { dirname, join } from 'node:path';
import { isJsonObject } from '../../core/json.ts';
import { nodeFiles, readLines, writeAll } from '../../io/index.ts';
import { readRunState, runFolder } from '../../store/index.ts';
import type { Home } from '../environment/home.ts';

/** A run that was begun here, or that the user agreed to go on with. */
export interface KnownRun {
  readonly id: string;
  /** Real path of its folder. */
  readonly path: string;
}

/** A line is a few hundred bytes; a longer one is none of ours. */
const MAX_LINE_BYTES = 64 * 1024;

/**
 * The runs that this user's tutti knows, in `runs.jsonl` of the home's data folder: one line for each that was begun
 * here, or agreed to, in the order in which that was. Nothing secret is in it.
 */
export class KnownRuns {
  readonly #path: string | null;

  constructor({ data }: Pick<Home, 'data'>) {
    this.#path = data === null ? null : join(data, 'runs.jsonl');
  }

  /**
   * Tells whether a run is known at its place. A known id at another place is a run that was moved, unless its old
   * folder is still there: then it is a copy that somebody made, and not known. Null where its place is not found and nothing can be kept.
   */
  async knows({ id, path }: KnownRun): Promise<boolean | null> {
    const places = await this.#placesOf(id);
    if (places === null) return null;
    if (places.has(path)) return true;
    // Without an id, as in earlier versions, a run is known by its place alone. Where nothing can be kept, a run of one's own
    // is not found either.
    if (places.size === 0 || id === '') return (await this.#canKeep()) ? false : null;
    for (const place of places) if (await holdsRun(place, id)) return false;
    return true;
  }

  /** Keeps a run, unless it is there already; returns false where that is not possible. */
  async keep({ id, path }: KnownRun): Promise<boolean> {
    if (this.#path === null) return false;
    if ((await this.#placesOf(id))?.has(path)) return true;
    return await appendTo(this.#path, async (fd) => {
      const line = Buffer.from(`${await lineEnd(fd)}${JSON.stringify({ v: 1, id, path })}\n`);
      await writeAll(nodeFiles, fd, line);
    });
  }

  async #canKeep(): Promise<boolean> {
    return this.#path !== null && (await appendTo(this.#path, async () => {}));
  }

  /** Null where there is no home, or its list cannot be read. */
  async #placesOf(id: string): Promise<ReadonlySet<string> | null> {
    if (this.#path === null) return null;
    const places = new Set<string>();
    const status = await nodeFiles.stat(this.#path).catch((error: NodeJS.ErrnoException) => error);
    if (status instanceof Error) return status.code === 'ENOENT' ? places : null;
    if (!status.isFile) return null;
    try {
      for await (const lines of readLines(this.#path, { maxLineBytes: MAX_LINE_BYTES })) {
        for (const { text, problem } of lines) {
          if (problem !== null || !text.includes(id)) continue;
          const known = parsed(text);
          if (known?.id === id) places.add(known.path);
        }
      }
    } catch {
      return null;
    }
    return places;
  }
}

/** Returns false where that is not possible. */
async function appendTo(path: string, write: (fd: number) => Promise<void>): Promise<boolean> {
  try {
    await nodeFiles.mkdir(dirname(path), true, 0o700);
    const fd = await nodeFiles.open(path, 'a+', 0o600);
    await write(fd).finally(() => nodeFiles.close(fd));
    return true;
  } catch {
    return false;
  }
}

/** A process that was killed may have left half a line, which ends here. */
async function lineEnd(fd: number): Promise<string> {
  const { size } = await nodeFiles.fstat(fd);
  if (size === 0) return '';
  const last = Buffer.alloc(1);
  await nodeFiles.read(fd, last, 0, 1, size - 1);
  return last[0] === 0x0a ? '' : '\n';
}

async function holdsRun(path: string, id: string): Promise<boolean> {
  try {
    return (await readRunState(runFolder(path)))?.id === id;
  } catch {
    return false;
  }
}

function parsed(text: string): KnownRun | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isJsonObject(value)) return undefined;
    const { id, path } = value;
    return typeof id === 'string' && typeof path === 'string' ? { id, path } : undefined;
  } catch {
    return undefined;
  }
}
