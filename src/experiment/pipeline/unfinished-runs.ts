import { join } from 'node:path';
import { type FileLayer, fileError, nodeFiles } from '../../io/index.ts';
import { listRunFolders, type RunFolder, readRunState } from '../../store/index.ts';
import { shortName } from './move-file.ts';
import type { PipelineFolder } from './pipeline-folder.ts';

/** What an earlier watch has left behind. */
export interface UnfinishedRuns {
  /** Runs that go on, the oldest first. */
  readonly runs: readonly RunFolder[];
  /** Runs of which it cannot be told what they are. */
  readonly unreadable: readonly { readonly folder: RunFolder; readonly error: unknown }[];
}

/** Where the file that a run was begun with is kept, once the run holds its copy. */
export function keptInput(folder: string, name: string): string {
  return join(folder, `input-${shortName(name)}`);
}

/**
 * Finds the runs of files of a pipeline folder that are not finished. One whose file still waits in `input` has sent
 * nothing, since its file moves first: it is taken away, and the file is run as if it had just come.
 *
 * @throws TuttiError `file_unreadable`
 */
export async function findUnfinishedRuns(
  pipeline: PipelineFolder,
  files: FileLayer = nodeFiles,
): Promise<UnfinishedRuns> {
  const runs: RunFolder[] = [];
  const unreadable: { folder: RunFolder; error: unknown }[] = [];
  for (const folder of await allRuns(pipeline, files)) {
    try {
      const name = await nameOfUnfinished(folder, pipeline, files);
      if (name === undefined) continue;
      const is = await whatIs(folder, name, pipeline, files);
      if (is === 'begun') runs.push(folder);
      else if (is === 'unbegun') await removeUnbegun(folder, files);
    } catch (error) {
      unreadable.push({ folder, error });
    }
  }
  runs.sort((left, right) => (left.name < right.name ? -1 : 1));
  return { runs, unreadable };
}

/**
 * Takes away a run that has sent nothing. What else may lie in its folder stays there.
 *
 * @throws the system's error
 */
export async function removeUnbegun(
  folder: RunFolder,
  files: FileLayer = nodeFiles,
): Promise<void> {
  // The state first: a folder without it is no run.
  for (const path of [folder.state, folder.input, folder.lock]) {
    await files.unlink(path).catch(() => {});
  }
  await files.rmdir(folder.path).catch(() => {});
}

async function allRuns({ output }: PipelineFolder, files: FileLayer): Promise<RunFolder[]> {
  try {
    const runs: RunFolder[] = [];
    for (const name of (await files.list(output)).sort()) {
      const path = join(output, name);
      // What has gone since it was listed is no reason to stop.
      const status = await files.lstat(path).catch(() => undefined);
      if (status?.isDirectory) runs.push(...(await listRunFolders(path, files)));
    }
    return runs;
  } catch (cause) {
    throw await fileError(cause, output, 'read');
  }
}

/** The name that the file of a run had in `input`; undefined for a finished run, and one of another file. */
async function nameOfUnfinished(
  folder: RunFolder,
  { inputPrefix }: PipelineFolder,
  files: FileLayer,
): Promise<string | undefined> {
  const state = await readRunState(folder, files);
  if (state === undefined || state.state === 'finished') return undefined;
  const path = state.input_path;
  if (typeof path !== 'string' || !path.startsWith(inputPrefix)) return undefined;
  const name = path.slice(inputPrefix.length);
  return name === '' || name.includes('/') ? undefined : name;
}

/** `another`: somebody has begun it by hand, and not from here. */
async function whatIs(
  folder: RunFolder,
  name: string,
  { input }: PipelineFolder,
  files: FileLayer,
): Promise<'begun' | 'unbegun' | 'another'> {
  const isThere = async (path: string) =>
    (await files.lstat(path).catch(() => undefined)) !== undefined;
  const waits =
    !(await isThere(keptInput(folder.path, name))) && (await isThere(join(input, name)));
  if (!waits) return 'begun';
  return (await isThere(folder.journal)) ? 'another' : 'unbegun';
}
