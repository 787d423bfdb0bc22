import { stat, unlink } from 'node:fs/promises';
import { nearestName } from '../../core/nearest-name.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { systemCode } from '../../io/index.ts';
import { inTurn } from '../environment/file-turn.ts';
import type { Home } from '../environment/home.ts';
import { writePrivateFile } from '../environment/private-file.ts';
import { consortiumFolder, consortiumPath, savedNames } from './saved-consortiums.ts';

/**
 * Keeps a consortium under a name that was checked; the file appears at once and complete.
 *
 * @param replace true puts it in the place of an older one
 * @returns its path, and whether it took an older one's place
 * @throws TuttiError `bad_usage` where one is there that is not to be replaced; `file_unwritable`
 */
export async function keepConsortium(
  home: Home,
  name: string,
  text: string,
  replace: boolean,
): Promise<{ readonly path: string; readonly replaced: boolean }> {
  const folder = consortiumFolder(home);
  const path = folder === null ? null : consortiumPath(folder, name);
  return await inTurn(path, async () => {
    const like = savedNames(folder).find(
      (one) => one !== name && one.toLowerCase() === name.toLowerCase(),
    );
    if (like !== undefined) {
      const what = `${name} and ${like}, which is there, would be one file on many disks`;
      throw new TuttiError('bad_usage', what, { hint: 'Choose another name.' });
    }
    const replaced = path !== null && (await stat(path).catch(() => null)) !== null;
    if (replaced && !replace) {
      throw new TuttiError('bad_usage', `The consortium ${name} is there already`, {
        hint: `tutti consortium show ${name} shows it; --replace puts this one in its place.`,
      });
    }
    await writePrivateFile(path, text);
    return { path: path!, replaced };
  });
}

/**
 * Removes a saved consortium.
 *
 * @returns false when there was none
 * @throws TuttiError `file_unwritable`
 */
export async function removeKept(home: Home, name: string): Promise<boolean> {
  const folder = consortiumFolder(home);
  if (folder === null || !savedNames(folder).includes(name)) return false;
  const path = consortiumPath(folder, name);
  return await inTurn(path, async () => {
    try {
      await unlink(path);
      return true;
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return false;
      const why = systemCode(error) ?? 'unknown error';
      throw new TuttiError('file_unwritable', `${plainLine(path)} cannot be removed (${why}).`);
    }
  });
}

/** No consortium has a name. @param known the names that there are */
export function unknownConsortium(name: string, known: readonly string[]): TuttiError {
  if (/\s/.test(name)) {
    return new TuttiError('bad_usage', `No consortium is called "${plainLine(name, 80)}"`, {
      hint: 'Before a prompt stands a saved consortium, or it has members: tutti consortium "…" -m MODEL -m MODEL --arbiter MODEL',
    });
  }
  const near = nearestName(name, known);
  return new TuttiError('bad_usage', `No consortium is called ${plainLine(name, 80)}`, {
    hint: near === undefined ? 'Names: tutti consortium list' : `Did you mean ${near}?`,
  });
}
