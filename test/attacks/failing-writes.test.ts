import { expect, test } from 'vitest';
import { systemClock } from '../../src/core/system-clock.ts';
import { TuttiError } from '../../src/core/tutti-error.ts';
import { Journal, readJournal } from '../../src/store/index.ts';
import { countAttacks } from '../support/attack-counts.ts';
import { failingFiles } from '../support/failing-files.ts';
import { someAnswer } from '../support/some-answer.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { attack } = countAttacks('disk: writes and syncs that fail');
const ROWS = 12;

test.each(['ENOSPC', 'EDQUOT', 'EIO', 'EFBIG', 'EROFS', 'short'])(
  'a journal whose write or sync number n fails with %s keeps what it called safe',
  async (fault) => {
    for (const only of [['write'], ['fdatasync'], ['fstat'], ['lstat']] as const) {
      if (fault === 'short' && only[0] !== 'write') continue;
      for (let at = 1; at <= ROWS; at++) {
        await attack(`${only[0]} ${at}, ${fault}`, async () => {
          const path = `${temporaryFolder()}/journal.jsonl`;
          const { files } = failingFiles({
            at,
            fault,
            only: [...only],
            forGood: fault === 'ENOSPC',
          });
          const saved: number[] = [];
          try {
            const journal = await Journal.open(path, {
              clock: systemClock,
              syncEveryMs: 1,
              files,
              runId: 'r',
            });
            for (let row = 0; row < ROWS; row++) {
              await journal.append(someAnswer({ row }));
              saved.push(row);
              await new Promise((resolve) => setTimeout(resolve, 2));
            }
            await journal.close();
          } catch (error) {
            expect(error).toBeInstanceOf(TuttiError);
            if (fault === 'EDQUOT') expect((error as Error).message).toContain('quota');
          }
          const found: number[] = [];
          const summary = await readJournal(path, (entry) => {
            if (entry.type === 'answer') found.push(entry.answer.key.row);
          }).catch(() => undefined);
          expect(summary?.corrupt ?? []).toEqual([]);
          expect(found.slice(0, saved.length)).toEqual(saved);
        });
      }
    }
  },
);
