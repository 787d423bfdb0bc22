import { dirname, extname, join } from 'node:path';
import { withinBytes } from '../../core/within-bytes.ts';
import {
  type FileLayer,
  fileError,
  nodeFiles,
  syncFolder,
  systemCode,
  writeAll,
} from '../../io/index.ts';

const CHUNK_BYTES = 1024 * 1024;
/** File systems allow 255; a file that is written for this one has up to 40 bytes more around the name. */
const MAX_NAME_BYTES = 200;
const MAX_EXTENSION_BYTES = 32;

/**
 * Moves a file to a free name; to another disk by a copy that is whole before the file goes.
 *
 * @throws TuttiError `file_unwritable`, `disk_full`
 */
export async function moveFile(
  from: string,
  to: string,
  files: FileLayer = nodeFiles,
): Promise<void> {
  try {
    await files.rename(from, to).catch(async (error: unknown) => {
      if (systemCode(error) !== 'EXDEV') throw error;
      // Under this name it is not there yet for whoever looks after a crash.
      const half = `${to}.half`;
      await copyFile(from, half, files);
      // The copy's name must be safe, too, before the only other one goes.
      await syncFolder(dirname(half), files);
      await files.unlink(from);
      await files.rename(half, to);
    });
    // A power cut must not put it back where it was: it would be run once more.
    await syncFolder(dirname(to), files);
    await syncFolder(dirname(from), files);
  } catch (cause) {
    throw await fileError(cause, to, 'write');
  }
}

/** A name in a folder that nothing has: `e.csv`, or `e-2.csv` where that is taken; a long one is shortened. */
export async function freeName(
  folder: string,
  name: string,
  files: FileLayer = nodeFiles,
): Promise<string> {
  const short = shortName(name);
  const [stem, end] = partsOf(short);
  for (let number = 1; ; number++) {
    const tried = number === 1 ? short : `${stem}-${number}${end}`;
    const status = await files.lstat(join(folder, tried)).catch(() => undefined);
    if (status === undefined) return tried;
  }
}

/** A name behind and before which others have room, such as `input-NAME` and `NAME.error.txt`; its extension stays. */
export function shortName(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const [stem, end] = partsOf(name);
  return `${withinBytes(stem, MAX_NAME_BYTES - Buffer.byteLength(end))}${end}`;
}

function partsOf(name: string): [stem: string, end: string] {
  const end = extname(name);
  // Nobody's extension, but the end of a sentence.
  if (end === '' || Buffer.byteLength(end) > MAX_EXTENSION_BYTES) return [name, ''];
  return [name.slice(0, -end.length), end];
}

async function copyFile(from: string, to: string, files: FileLayer): Promise<void> {
  const source = await files.open(from, 'r');
  try {
    const target = await files.open(to, 'w');
    try {
      const bytes = Buffer.alloc(CHUNK_BYTES);
      for (;;) {
        const length = await files.read(source, bytes, 0, bytes.length, null);
        if (length === 0) break;
        await writeAll(files, target, bytes.subarray(0, length));
      }
      await files.fsync(target);
    } finally {
      await files.close(target);
    }
  } finally {
    await files.close(source);
  }
}
