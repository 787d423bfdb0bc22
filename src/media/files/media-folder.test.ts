import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../test/support/temporary-folder.ts';
import { nodeFiles } from '../../io/index.ts';
import { MediaProblem } from '../findings/media-problem.ts';
import { MediaFolder } from './media-folder.ts';

let root = '';
let folder: MediaFolder;

beforeEach(() => {
  root = temporaryFolder();
  mkdirSync(join(root, 'media', 'deep'), { recursive: true });
  writeFileSync(join(root, 'media', 'cat.png'), 'cat');
  writeFileSync(join(root, 'media', 'deep', 'dog.png'), 'dog');
  writeFileSync(join(root, 'secret'), 'secret');
  mkdirSync(join(root, 'media-too'));
  writeFileSync(join(root, 'media-too', 'x'), 'x');
  folder = new MediaFolder(join(root, 'media'));
});

/** What is said of a path, or the size of the file. */
async function opening(path: string, of = folder): Promise<string | number> {
  try {
    const { fd, status } = await of.open(path);
    await nodeFiles.close(fd);
    return status.size;
  } catch (error) {
    if (!(error instanceof MediaProblem)) throw error;
    return [error.message, error.hint].join(' | ');
  }
}

describe('a media folder', () => {
  it('opens its files, and those of folders in it', async () => {
    expect(await opening('cat.png')).toBe(3);
    expect(await opening('deep/dog.png')).toBe(3);
    expect(await opening('./deep//dog.png')).toBe(3);
  });

  it.each([
    '../secret',
    'deep/../../secret',
    'deep/../cat.png',
    '..\\secret',
    '/etc/passwd',
    'C:\\Windows\\win.ini',
    'c:secret',
    '\\\\server\\share\\file',
    '',
    '..',
    'cat.png\0.txt',
  ])('opens no file by %j', async (path) => {
    expect(await opening(path)).toMatch(/is not a path inside the media folder/);
  });

  it('opens files whose names compose their letters otherwise', async () => {
    const [composed, apart] = ['caf\u00e9', 'cafe\u0301'];
    mkdirSync(join(root, 'media', apart));
    writeFileSync(join(root, 'media', apart, `${composed}.png`), 'both');
    expect(await opening(`${composed}/${apart}.png`)).toBe(4);
    expect(await opening(`./${composed}//${composed}.png`)).toBe(4);
    expect(await opening(`${composed}/th\u00e9.png`)).toMatch(/is not in the media folder/);
    symlinkSync('../../secret', join(root, 'media', apart, apart));
    expect(await opening(`${composed}/${composed}`)).toMatch(/leads out of the media folder/);
  });

  it('follows links inside, and none that leads out', async () => {
    symlinkSync('deep/dog.png', join(root, 'media', 'inside'));
    symlinkSync('../secret', join(root, 'media', 'out'));
    symlinkSync(join(root, 'media-too'), join(root, 'media', 'sub'));
    symlinkSync('/etc/passwd', join(root, 'media', 'deep', 'passwd'));
    expect(await opening('inside')).toBe(3);
    expect(await opening('out')).toMatch(/leads out of the media folder/);
    expect(await opening('sub/x')).toMatch(/leads out of the media folder/);
    expect(await opening('deep/passwd')).toMatch(/leads out of the media folder/);
  });

  it('may be a link itself, and a folder with the same beginning is another one', async () => {
    symlinkSync('media', join(root, 'named'));
    symlinkSync('../media-too/x', join(root, 'media', 'x'));
    expect(await opening('cat.png', new MediaFolder(join(root, 'named')))).toBe(3);
    expect(await opening('x')).toMatch(/leads out of the media folder/);
  });

  it.skipIf(process.platform === 'win32')('waits for no pipe and reads no device', async () => {
    spawnSync('/usr/bin/mkfifo', [join(root, 'media', 'pipe')]);
    symlinkSync('/dev/zero', join(root, 'media', 'zero'));
    expect(await opening('pipe')).toMatch(/pipe is a named pipe, a socket or a device/);
    expect(await opening('zero')).toMatch(/leads out/);
    expect(await opening('zero', new MediaFolder('/dev'))).toMatch(/zero is a named pipe/);
  });

  it('refuses what is no file, what is empty and what is not there, with the nearest name', async () => {
    writeFileSync(join(root, 'media', 'empty.png'), '');
    expect(await opening('deep')).toMatch(/deep is a folder, not a file/);
    expect(await opening('empty.png')).toMatch(/empty.png is empty/);
    expect(await opening('cta.png')).toMatch(/is not in the media folder .* did you mean cat.png/);
    expect(await opening('deep/dgo.png')).toMatch(/did you mean dog.png/);
    const nowhere = new MediaFolder(join(root, 'nowhere'));
    expect(await opening('a', nowhere)).toMatch(
      /the media folder .*nowhere is not there .*--media/,
    );
  });

  it('tells no name of another folder to which a link leads', async () => {
    writeFileSync(join(root, 'media-too', 'private.png'), 'x');
    symlinkSync(join(root, 'media-too'), join(root, 'media', 'sub'));
    expect(await opening('sub/privat.png')).toMatch(/is not in the media folder [^?]*$/);
  });

  it('takes a file that has two names', async () => {
    linkSync(join(root, 'media', 'cat.png'), join(root, 'media', 'two.png'));
    expect(await opening('two.png')).toBe(3);
  });

  it('sees that a folder on the way became a link while the file was opened', async () => {
    const { renameSync } = await import('node:fs');
    mkdirSync(join(root, 'evil'));
    writeFileSync(join(root, 'evil', 'dog.png'), 'evil');
    const swapping = new MediaFolder(join(root, 'media'), {
      ...nodeFiles,
      open: (path, flags) => {
        renameSync(join(root, 'media', 'deep'), join(root, 'media', 'was-deep'));
        symlinkSync('../evil', join(root, 'media', 'deep'));
        return nodeFiles.open(path, flags);
      },
    });
    expect(await opening('deep/dog.png', swapping)).toMatch(/was moved while it was opened/);
  });
});
