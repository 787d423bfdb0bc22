import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFakeCli } from '../../../../test/support/fake-cli.ts';
import { temporaryFolder } from '../../../../test/support/temporary-folder.ts';
import { readPrompt } from './read-prompt.ts';

const read = (
  argument: string | undefined,
  {
    file,
    input,
    workingFolder = '/nowhere',
  }: { file?: string; input?: string; workingFolder?: string } = {},
) => {
  const { context } = createFakeCli({ workingFolder, ...(input !== undefined && { input }) });
  return readPrompt({ argument, file }, context);
};

describe('readPrompt', () => {
  it('is the argument alone on a terminal, and with empty standard input', async () => {
    expect(await read('why?')).toBe('why?');
    expect(await read('why?', { input: '' })).toBe('why?');
    expect(await read('why?', { input: ' \n\n' })).toBe('why?');
  });

  it('adds what is piped in at the end', async () => {
    expect(await read('Sum up:', { input: 'the text\n' })).toBe('Sum up:\n\nthe text');
    expect(await read(undefined, { input: 'why?\n' })).toBe('why?');
    expect(await read('-', { input: 'why?\n' })).toBe('why?');
  });

  it('reads a file of the working folder, without a byte order mark', async () => {
    const workingFolder = temporaryFolder();
    writeFileSync(join(workingFolder, 'prompt.txt'), '\ufeffwhy?\r\n');
    expect(await read(undefined, { file: 'prompt.txt', workingFolder })).toBe('why?');
    expect(await read('Q:', { file: 'prompt.txt', input: 'data', workingFolder })).toBe(
      'Q:\n\nwhy?\n\ndata',
    );
  });

  it('refuses an empty prompt', async () => {
    await expect(read(undefined)).rejects.toMatchObject({ code: 'bad_usage' });
    await expect(read('', { input: '\n' })).rejects.toMatchObject({ code: 'bad_usage' });
  });

  it('says when the file is missing or a folder', async () => {
    const workingFolder = temporaryFolder();
    await expect(read(undefined, { file: 'x', workingFolder })).rejects.toMatchObject({
      code: 'file_missing',
    });
    await expect(read(undefined, { file: '.', workingFolder })).rejects.toMatchObject({
      code: 'file_unreadable',
      message: `${workingFolder} is a folder.`,
    });
  });
});
