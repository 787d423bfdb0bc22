import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { countAttacks } from '../support/attack-counts.ts';
import { again, unfinishedRun } from '../support/attacked-run.ts';

const { attack } = countAttacks('folders: planted links, pipes and devices');
const FILES = [
  'input.jsonl',
  'journal.jsonl',
  'log.jsonl',
  'run.json',
  'completed.jsonl',
  'failed.jsonl',
  'lock',
];
const VICTIM = 'alias ll="ls -l"\nexport EDITOR=vi';

/** Ways to put something in place of a file; each is given the path and a file of the user's. */
const PLANTS: Readonly<Record<string, (path: string, victim: string) => void | Promise<void>>> = {
  'a link to a file of the user': (path, victim) => symlinkSync(victim, path),
  'a relative link': (path, victim) => symlinkSync(relative(dirname(path), victim), path),
  'a link to a link': (path, victim) => {
    symlinkSync(victim, `${victim}-link`);
    symlinkSync(`${victim}-link`, path);
  },
  'a link to nothing yet': (path, victim) => symlinkSync(`${victim}-new`, path),
  'a link to itself': (path) => symlinkSync(path, path),
  'a link to a folder': (path, victim) => symlinkSync(dirname(victim), path),
  'a link to /dev/null': (path) => symlinkSync('/dev/null', path),
  'a link to /dev/zero': (path) => symlinkSync('/dev/zero', path),
  'a second name of a file of the user': (path, victim) => linkSync(victim, path),
  'a named pipe': (path) => void spawnSync('/usr/bin/mkfifo', [path]),
  'a folder': (path) => void mkdirSync(path),
  'a socket': (path) =>
    new Promise((resolve) => {
      const server = createServer().listen(path, () => {
        // The socket stays when nobody listens any more only if its process was killed: keep it until the end.
        server.unref();
        resolve();
      });
    }),
};

test.each(Object.keys(PLANTS))(
  '%s in place of any file of a run is not written through',
  async (kind) => {
    for (const file of FILES) {
      await attack(`${kind} in place of ${file}`, async () => {
        const attacked = await unfinishedRun();
        const victim = join(attacked.folder, '.bashrc');
        writeFileSync(victim, VICTIM);
        const path = join(attacked.run.folder.path, file);
        rmSync(path, { force: true });
        await PLANTS[kind]!(path, victim);
        const { refused, model } = await again(attacked);
        expect(readFileSync(victim, 'utf8')).toBe(VICTIM);
        expect(existsSync(`${victim}-new`)).toBe(false);
        expect(statSync(victim).size).toBe(VICTIM.length);
        // A lock that is no lock, and a folder in place of run.json, have words of their own.
        expect(['unsafe_folder', 'file_unreadable', 'run_locked']).toContain(refused?.code);
        expect(refused?.message).toContain(file);
        expect(model.requests).toEqual([]);
        const fresh = await again(attacked, { fresh: true });
        expect(fresh.refused).toBeUndefined();
        expect(readFileSync(victim, 'utf8')).toBe(VICTIM);
      });
    }
  },
);

test.each(['.choosing', '.choosing.draft-1-a', '.choosing.after-1-a'])(
  'a pipe or a link at %s, where runs are chosen, is refused and hangs nothing',
  async (name) => {
    for (const kind of ['a named pipe', 'a link to a file of the user', 'a link to /dev/zero']) {
      await attack(`${kind} at ${name}`, async () => {
        const attacked = await unfinishedRun();
        const victim = join(attacked.folder, '.bashrc');
        writeFileSync(victim, VICTIM);
        await PLANTS[kind]!(join(attacked.folder, name), victim);
        expect((await again(attacked)).refused?.code).toBe('unsafe_folder');
        expect(readFileSync(victim, 'utf8')).toBe(VICTIM);
      });
    }
  },
);

test('a run folder, or that of an experiment, that is a link is not gone on with', async () => {
  for (const level of ['run', 'experiment'] as const) {
    await attack(`the ${level} folder is a link`, async () => {
      const attacked = await unfinishedRun();
      const path = level === 'run' ? attacked.run.folder.path : dirname(attacked.run.folder.path);
      spawnSync('/bin/mv', [path, `${attacked.folder}/elsewhere`]);
      symlinkSync(`${attacked.folder}/elsewhere`, path);
      const { refused, prepared } = await again(attacked);
      if (level === 'run') expect(refused?.code).toBe('unsafe_folder');
      else expect(prepared?.folder.path).toContain('out-2');
    });
  }
});

test('thousands of links at the names of half-written files are never written through', async () => {
  await attack('links at temporary names', async () => {
    const attacked = await unfinishedRun();
    const victim = join(attacked.folder, '.bashrc');
    writeFileSync(victim, VICTIM);
    for (let number = 0; number < 2000; number++) {
      symlinkSync(
        victim,
        join(attacked.run.folder.path, `.completed.jsonl.${process.pid}-${number}.tmp`),
      );
    }
    expect((await again(attacked)).refused?.code).toBe('unsafe_folder');
    expect(readFileSync(victim, 'utf8')).toBe(VICTIM);
  });
});
