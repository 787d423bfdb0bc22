import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { plainLine } from '../../../core/plain-text.ts';
import { TuttiError } from '../../../core/tutti-error.ts';

const MAX_BYTES = 1024 * 1024;
/** One word that looks like a file is none by mistake. */
const FILE_NAME = /^\S*(?:[\\/]|\.(?:txt|md|markdown))\S*$/i;

/**
 * Reads criteria: those of a file, where the text is the path of one, else the text itself.
 *
 * @throws TuttiError `file_missing` where it looks like a path and no file is there; `file_unreadable`, `bad_usage`
 */
export async function readCriteria(text: string, workingFolder: string): Promise<string> {
  const path = resolve(workingFolder, text);
  const status = text.includes('\0') ? null : await stat(path).catch(() => null);
  if (status?.isFile()) {
    if (status.size > MAX_BYTES) {
      throw new TuttiError('bad_usage', `${plainLine(text, 500)} has more than 1 MB`, {
        hint: 'Criteria are a few sentences.',
      });
    }
    const criteria = (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').trim();
    if (criteria !== '') return criteria;
    throw new TuttiError('bad_usage', `${plainLine(text, 500)} is empty`, {
      hint: 'Write into it by what the answers are to be ranked.',
    });
  }
  if (!FILE_NAME.test(text)) return text;
  throw new TuttiError('file_missing', `${plainLine(text, 500)} does not exist.`, {
    hint: 'Criteria that are no file are written in words: --criteria "correctness, then brevity".',
  });
}
