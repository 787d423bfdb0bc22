import { access } from 'node:fs/promises';
import type { Notice } from '../environment/notice.ts';

/**
 * Finds settings files that are passed over because their name ends in `.yml`: their limits would not hold, and nobody
 * would know.
 *
 * @param paths where settings are read, ending in `.yaml`; null where there is no such folder.
 */
export async function misnamedFiles(paths: readonly (string | null)[]): Promise<Notice[]> {
  const found = await Promise.all(
    paths.map(async (meant): Promise<Notice[]> => {
      const path = meant?.replace(/\.yaml$/, '.yml');
      if (!meant || !path || (await exists(meant)) || !(await exists(path))) return [];
      return [{ kind: 'settings_misnamed', path, meant }];
    }),
  );
  return found.flat();
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
