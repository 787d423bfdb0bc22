import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { promptFolderRows } from './prompt-folder.ts';

let outside = '';
let folder = '';

beforeEach(() => {
  outside = temporaryFolder();
  folder = join(outside, 'prompts');
  mkdirSync(folder);
});

function write(name: string, content: string | Buffer): void {
  writeFileSync(join(folder, name), content);
}

async function rows(): Promise<unknown[]> {
  const read: unknown[] = [];
  for await (const line of promptFolderRows(folder)) read.push(JSON.parse(line.toString()));
  return read;
}

describe('a folder of prompts', () => {
  it('has a row for each .txt file, in the order of their names', async () => {
    write('b.txt', ' two\n\nlines \r\n\n');
    write('a.2.TXT', '\uFEFFé "quoted"');
    write('B.txt', 'x');
    write('notes.md', 'y');
    mkdirSync(join(folder, 'deeper'));
    symlinkSync('b.txt', join(folder, 'c.txt'));
    expect(await rows()).toEqual([
      { id: 'B', prompt: 'x' },
      { id: 'a.2', prompt: 'é "quoted"' },
      { id: 'b', prompt: ' two\n\nlines ' },
      { id: 'c', prompt: ' two\n\nlines ' },
    ]);
  });

  it('is refused with everything that is no prompt, and without one', async () => {
    await expect(rows()).rejects.toMatchObject({ code: 'bad_input', message: /holds no .txt/ });
    write('good.txt', 'x');
    write('empty.txt', ' \n');
    write('latin.txt', Buffer.from([0xe9]));
    mkdirSync(join(folder, 'folder.txt'));
    writeFileSync(join(outside, 'secret'), 'key');
    symlinkSync('../secret', join(folder, 'link.txt'));
    symlinkSync('nowhere', join(folder, 'broken.txt'));
    execFileSync('/usr/bin/mkfifo', [join(folder, 'pipe.txt')]);
    const error = await rows().catch((one: Error) => one);
    const lines = (error as Error).message.split('\n').map((line) => line.slice(folder.length + 1));
    expect(lines).toEqual([
      expect.stringContaining('broken.txt cannot be read'),
      'empty.txt is empty',
      'folder.txt is no file',
      'latin.txt is not valid UTF-8',
      'link.txt is a link out of the folder',
      'pipe.txt is no file',
    ]);
  });

  it('may not be there', async () => {
    folder = join(outside, 'none');
    await expect(rows()).rejects.toMatchObject({ code: 'file_missing' });
  });
});
