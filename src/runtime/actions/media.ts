import type { FileStore, StoredFile } from '../../core/file-store.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { type BroughtFile, FileBringer } from '../../media/bring-file.ts';
import { MediaProblem } from '../../media/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import { chooseModels } from '../models/choose-models.ts';
import { simpleParts } from '../models/resolve-consortium.ts';
import { pathFrom } from '../runs/run-input.ts';

/** Whose files are meant: a provider, or an entry of `endpoints:`; default `gemini`. */
export interface MediaRequest {
  readonly endpoint?: string | undefined;
}

/** What was brought, of one file. */
export interface UploadedMedia extends BroughtFile {
  /** As the user named it. */
  readonly path: string;
}

/** Which files are removed. */
export interface DeleteMediaRequest extends MediaRequest {
  /** Names of files, such as `files/abc`; with `all` none. */
  readonly names: readonly string[];
  /** True removes every file of the account. */
  readonly all?: boolean | undefined;
}

/**
 * Lists the files that a vendor keeps for the account.
 *
 * @throws TuttiError `bad_usage` for an endpoint that keeps none; CallError what the vendor said
 */
export async function listMedia(
  context: ActionContext,
  { endpoint }: MediaRequest = {},
): Promise<readonly StoredFile[]> {
  return await allOf(await openFiles(context, endpoint));
}

/**
 * Brings files to a vendor's store, one after the other, and waits until each can be asked about.
 *
 * @param onUploaded told of each file that is there
 * @throws TuttiError `bad_input` for what is no media file; as `listMedia`
 */
export async function uploadMedia(
  context: ActionContext,
  { endpoint, files }: MediaRequest & { readonly files: readonly string[] },
  onUploaded: (uploaded: UploadedMedia) => void,
): Promise<void> {
  const bringer = new FileBringer(await openFiles(context, endpoint), context.clock);
  for (const path of files) {
    try {
      const brought = await bringer.bring(pathFrom(context.workingFolder, path));
      onUploaded({ path, ...brought });
    } catch (error) {
      if (!(error instanceof MediaProblem)) throw error;
      throw new TuttiError('bad_input', error.message, { hint: error.hint ?? undefined });
    }
  }
}

/**
 * Removes files from a vendor's store.
 *
 * @returns the names that were removed, and those that were not there
 * @throws TuttiError as `listMedia`
 */
export async function deleteMedia(
  context: ActionContext,
  { endpoint, names, all = false }: DeleteMediaRequest,
): Promise<{ readonly removed: readonly string[]; readonly missing: readonly string[] }> {
  const files = await openFiles(context, endpoint);
  const asked = all ? (await allOf(files)).map(({ name }) => name) : names;
  const removed: string[] = [];
  const missing: string[] = [];
  for (const name of asked) ((await files.delete(name)) ? removed : missing).push(name);
  return { removed, missing };
}

async function allOf(files: FileStore): Promise<StoredFile[]> {
  const found: StoredFile[] = [];
  for await (const page of files.list()) found.push(...page);
  return found;
}

async function openFiles(context: ActionContext, endpoint = 'gemini'): Promise<FileStore> {
  const configuration = await readConfiguration(context, { references: [] });
  // Files belong to an account, whichever model is asked.
  const [model] = chooseModels([`${endpoint}/files`], configuration);
  const { files } = await context.opener.open(simpleParts(model!)[0]!);
  if (files !== undefined) return files;
  throw new TuttiError('bad_usage', `${plainLine(endpoint, 60)} keeps no files for requests`, {
    hint: 'Gemini does: it is meant unless --endpoint names another one.',
  });
}
