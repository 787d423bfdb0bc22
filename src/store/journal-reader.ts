import { ONLY_CALL } from '../core/answer.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { type FileLayer, fileError, type Line, readLines, systemCode } from '../io/index.ts';
import { CallSet } from './call-set.ts';
import { JOURNAL_VERSION, type JournalEntry, parseJournalLine } from './journal-line.ts';
import { ownFiles } from './own-files.ts';

/** A line of the journal that cannot be used. */
export interface CorruptLine {
  /** Number of the line, counted from 1. */
  readonly line: number;
  readonly offset: number;
  /** What is wrong, as the end of a sentence. */
  readonly problem: string;
}

/** What was found in a journal. */
export interface JournalSummary {
  /** Answers handed over; of several to one call of version 1 only the first one. */
  readonly answers: number;
  /** Further answers to calls of version 1 that had one already. */
  readonly repeated: number;
  /** Lines of types that this version does not know. */
  readonly otherLines: number;
  /** Lines in the middle that cannot be read. */
  readonly corrupt: readonly CorruptLine[];
  /** Bytes of a last line that was never finished. */
  readonly tornBytes: number;
  /** The id of the run that the journal belongs to; undefined where no line says it. */
  readonly runId: string | undefined;
}

/** How a journal is read. */
export interface ReadJournalOptions {
  /** Cuts off a torn last line, so that the file can be appended to; default false. */
  readonly repair?: boolean;
  /** Default: the machine's. */
  readonly files?: FileLayer;
}

/**
 * Reads a journal from start to end and hands over its entries in the order in which they came.
 * Memory does not grow with the journal, but for one bit a call of version 1.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `unsafe_folder`, `newer_format`, or with `repair` `file_unwritable`.
 */
export async function readJournal(
  path: string,
  onEntry: (entry: JournalEntry, offset: number, length: number) => void,
  options: ReadJournalOptions = {},
): Promise<JournalSummary> {
  const files = ownFiles(options.files);
  const size = await sizeOf(path, files);
  const seen = new CallSet();
  const corrupt: CorruptLine[] = [];
  const found = { answers: 0, repeated: 0, otherLines: 0, tornBytes: 0 };
  let runId: string | undefined;
  let unended: Line | undefined;
  for await (const lines of readLines(path, { files })) {
    for (const line of lines) {
      const parsed = parseLine(line);
      // A last line without its end is kept if it is whole: it may be a paid answer.
      if (line.offset + line.length >= size) {
        unended = line;
        if (parsed.kind === 'corrupt') {
          found.tornBytes = line.length;
          continue;
        }
      }
      if (parsed.kind === 'newer') throw newerJournal(path, parsed.version);
      if (parsed.kind === 'corrupt') {
        corrupt.push({ line: line.number, offset: line.offset, problem: parsed.problem });
      } else if (parsed.kind === 'other') found.otherLines++;
      else if (parsed.kind === 'run') runId ??= parsed.id;
      else if (isRepeated(parsed.entry, seen)) found.repeated++;
      else {
        if (parsed.entry.type === 'answer') found.answers++;
        onEntry(parsed.entry, line.offset, line.length);
      }
    }
  }
  if (options.repair && unended !== undefined) {
    await endLastLine(path, files, unended, found.tornBytes > 0);
  }
  return { ...found, corrupt, runId };
}

function newerJournal(path: string, version: number): TuttiError {
  return new TuttiError(
    'newer_format',
    `${path} was written by a later tutti (version ${version} of a line; this one reads up to ${JOURNAL_VERSION})`,
    { hint: 'Use that tutti, or a later one, to go on with it; nothing was changed.' },
  );
}

/** Of later versions the last answer to a call counts, which is decided when its row is read again. */
function isRepeated(entry: JournalEntry, seen: CallSet): boolean {
  if (entry.type === 'reopened') seen.delete({ row: entry.row, name: ONLY_CALL });
  return entry.type === 'answer' && entry.marks === null && !seen.add(entry.answer.key);
}

function parseLine(line: Line) {
  if (line.problem !== null) return { kind: 'corrupt', problem: line.problem } as const;
  return parseJournalLine(line.text);
}

async function sizeOf(path: string, files: FileLayer): Promise<number> {
  try {
    return (await files.stat(path)).size;
  } catch (cause) {
    throw await fileError(cause, path, 'read');
  }
}

/** Cuts off a torn line, or gives a whole one the line end that it lacks. */
async function endLastLine(path: string, files: FileLayer, last: Line, torn: boolean) {
  try {
    const fd = await files.open(path, 'a');
    try {
      if (torn) await files.ftruncate(fd, last.offset);
      else await files.write(fd, Buffer.from('\n'), 0, 1);
      await files.fdatasync(fd);
    } finally {
      await files.close(fd);
    }
  } catch (cause) {
    throw await fileError(cause, path, 'write');
  }
}

/** The first line is short; whatever is longer is another one. */
const FIRST_LINE_BYTES = 4096;

/** Reads only which run a journal says that it belongs to; undefined where its first line does not say it, or there is none. */
export async function readRunId(path: string, base?: FileLayer): Promise<string | undefined> {
  const files = ownFiles(base);
  try {
    const fd = await files.open(path, 'r');
    try {
      const bytes = Buffer.alloc(FIRST_LINE_BYTES);
      const count = await files.read(fd, bytes, 0, bytes.length, 0);
      const parsed = parseJournalLine(bytes.toString('utf8', 0, count).split('\n', 1)[0]!);
      return parsed.kind === 'run' ? parsed.id : undefined;
    } finally {
      await files.close(fd);
    }
  } catch (cause) {
    if (systemCode(cause) === 'ENOENT') return undefined;
    throw await fileError(cause, path, 'read');
  }
}
