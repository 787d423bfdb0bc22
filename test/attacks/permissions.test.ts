import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type FileLayer, nodeFiles } from '../../src/io/index.ts';
import { checkRunFolder } from '../../src/store/folder-check.ts';
import { countAttacks } from '../support/attack-counts.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const { attack } = countAttacks('folders: owners and permissions');
const USER = process.geteuid?.() ?? 0;
const MODES = Array.from({ length: 64 }, (_, bits) => 0o700 | bits);

function runIn(mode: number, fileMode = 0o644): string {
  const path = join(temporaryFolder(), 'run');
  mkdirSync(path);
  writeFileSync(join(path, 'journal.jsonl'), '');
  chmodSync(join(path, 'journal.jsonl'), fileMode);
  chmodSync(path, mode);
  return path;
}

async function refusal(path: string, options: Parameters<typeof checkRunFolder>[1] = {}) {
  return await checkRunFolder(path, options).then(
    () => undefined,
    (error: { code: string }) => error.code,
  );
}

test('a folder that everybody may write is refused, one that a group may write is told', async () => {
  for (const mode of MODES) {
    await attack(`folder of mode ${mode.toString(8)}`, async () => {
      const path = runIn(mode);
      if ((mode & 0o002) !== 0) expect(await refusal(path)).toBe('unsafe_folder');
      else expect((await checkRunFolder(path)).groupMayWrite).toBe((mode & 0o020) !== 0);
    });
  }
});

test('a file that everybody may write is refused', async () => {
  for (const mode of MODES) {
    await attack(`file of mode ${mode.toString(8)}`, async () => {
      expect(await refusal(runIn(0o755, mode))).toBe(
        (mode & 0o002) === 0 ? undefined : 'unsafe_folder',
      );
    });
  }
});

test('what belongs to another user is refused, unless this process is root', async (context) => {
  if (USER !== 0) context.skip('only root can give a file away');
  for (const owner of [1, 1000, 65_534, 4_294_967_294]) {
    for (const what of ['.', 'journal.jsonl']) {
      await attack(`${what} of user ${owner}`, async () => {
        const path = runIn(0o755);
        chownSync(join(path, what), owner, owner);
        expect(await refusal(path, { user: 1234 })).toBe('unsafe_folder');
        expect(await refusal(path, { user: 0 })).toBeUndefined();
      });
    }
  }
});

test('a mount that cannot say who owns a file is told and used, and its links are refused all the same', async () => {
  for (const type of [0x65735546, 0xff534d42, 0x01021997, 0x4d44, 0x2011bab0, 0x5346544e]) {
    await attack(`file system ${type.toString(16)}`, async () => {
      const files: FileLayer = { ...nodeFiles, fileSystem: async () => type };
      const path = runIn(0o777, 0o777);
      expect(await checkRunFolder(path, { files, user: 1234 })).toEqual({
        groupMayWrite: false,
        ownersUnknown: true,
      });
    });
  }
  await attack('Windows, which knows no such owners', async () => {
    expect(await checkRunFolder(runIn(0o777), { user: null })).toEqual({
      groupMayWrite: false,
      ownersUnknown: false,
    });
  });
});
