import { expect, it } from 'vitest';
import { nodeFiles } from './file-layer.ts';
import { NamelessFile } from './nameless-file.ts';

it('gives back what was written, in pieces', async () => {
  const file = await NamelessFile.create();
  await file.write(Buffer.from('ab'));
  await file.write(Buffer.alloc(300_000, 'c'));
  const pieces: Buffer[] = [];
  for await (const piece of file.chunks()) pieces.push(piece);
  await file.close();
  expect(Buffer.concat(pieces).toString()).toBe(`ab${'c'.repeat(300_000)}`);
  expect(file.size).toBe(300_002);
});

it('is closed where it cannot lose its name', async () => {
  const closed: number[] = [];
  const files = {
    ...nodeFiles,
    unlink: async (path: string) => {
      await nodeFiles.unlink(path);
      throw Object.assign(new Error('no'), { code: 'EPERM' });
    },
    close: async (fd: number) => {
      closed.push(fd);
      await nodeFiles.close(fd);
    },
  };
  await expect(NamelessFile.create(files)).rejects.toMatchObject({ code: 'file_unwritable' });
  expect(closed).toHaveLength(1);
});
