import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFakeCli } from '../../../test/support/fake-cli.ts';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import type { InputSource } from '../terminal/input-source.ts';
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

/** Reads a prompt from a standard input that is silent for long. */
async function readSilent(
  inputSource: InputSource,
  sources: { argument?: string; stdin?: boolean },
) {
  const cli = createFakeCli({ input: 'late', inputSource, isSilent: true });
  const prompt = await readPrompt(
    { argument: undefined, file: undefined, ...sources },
    cli.context,
  );
  return { prompt, told: cli.stderr.text };
}

describe('readPrompt and a silent standard input', () => {
  it('waits for a pipe, and says so', async () => {
    const { prompt, told } = await readSilent('pipe', { argument: 'Sum up:' });
    expect(prompt).toBe('Sum up:\n\nlate');
    expect(told).toBe(
      'waiting for standard input; `< /dev/null` or `--no-stdin` goes on without it\n',
    );
  });

  it('leaves a socket, and says so', async () => {
    const { prompt, told } = await readSilent('socket', { argument: 'why?' });
    expect([prompt, told]).toEqual(['why?', expect.stringContaining('left alone (--stdin')]);
  });

  it.each([
    ['with --stdin', { argument: 'why?', stdin: true }, 'why?\n\nlate'],
    ['without a prompt', {}, 'late'],
    ['with -', { argument: '-' }, 'late'],
  ])('waits for a socket %s', async (_, sources, expected) => {
    const { prompt, told } = await readSilent('socket', sources);
    expect([prompt, told]).toEqual([expected, expect.stringContaining('waiting for')]);
  });

  it('leaves a file that another program has begun to read, unless it is the prompt or asked for', async () => {
    const { prompt, told } = await readSilent('begun', { argument: 'why?' });
    expect([prompt, told]).toEqual(['why?', expect.stringContaining('another program reads')]);
    expect((await readSilent('begun', {})).prompt).toBe('late');
    expect((await readSilent('begun', { argument: 'Q:', stdin: true })).prompt).toBe('Q:\n\nlate');
  });

  it('reads nothing with --no-stdin, which `-` contradicts', async () => {
    const { prompt, told } = await readSilent('pipe', { argument: 'why?', stdin: false });
    expect([prompt, told]).toEqual(['why?', '']);
    await expect(readSilent('pipe', { argument: '-', stdin: false })).rejects.toMatchObject({
      code: 'bad_usage',
    });
  });
});

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

it('says that standard input was empty when it was to be the prompt', async () => {
  await expect(read('-', { input: '\n' })).rejects.toThrow(/standard input was empty/);
  await expect(read(undefined, { file: '-', input: '' })).rejects.toThrow(/was empty/);
});
