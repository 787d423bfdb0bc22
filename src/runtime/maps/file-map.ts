import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { TuttiError } from '../../core/tutti-error.ts';
import { fileRows, OutputTable, outputFormOf } from '../../map/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import { inputOf, labelOf, pathFrom } from '../runs/run-input.ts';
import { shapingColumns } from './asked-map.ts';
import type { CompiledMap } from './compile-map.ts';
import { refuseProblems } from './compile-map.ts';
import type { FinishedMap, MadeAgain } from './finished-map.ts';
import { type TakeBytes, writeTable } from './made-output.ts';
import type { MapRequest } from './map-request.ts';
import { outputPlace } from './output-place.ts';

/** A map that asks nobody: rows of the file are exploded, kept and freed of repeats. @throws TuttiError where that is all it is not */
export function fileMap(
  { workingFolder }: ActionContext,
  request: MapRequest,
  { shaping, problems }: Pick<CompiledMap, 'shaping' | 'problems'>,
): FinishedMap {
  const { explode, keep, dedupe } = shaping;
  if (explode === null && keep === null && dedupe === null) return refuseNoPrompt();
  refuseProblems([...problems, ...meaningless(request)]);
  const { path: output, form, excelSafe } = outputPlace(request, workingFolder);
  if (output === null) {
    throw new TuttiError('bad_usage', 'nobody is asked, and no output is named', {
      hint: 'Name it with -o FILE, or -o - for standard output.',
    });
  }
  return {
    finished: true,
    folder: null,
    notices: [],
    makeAgain: (take) =>
      withLastingFile(request, workingFolder, (path) => made(path, { ...request }, take)),
  };

  async function made(path: string, { file }: MapRequest, take?: TakeBytes): Promise<MadeAgain> {
    const rows = fileRows(path, labelOf({ file }));
    const table = new OutputTable({
      ...shaping,
      rows,
      types: rows.types,
      plan: null,
      making: { made: [], replaces: false, dropsEmpty: false, taken: new Set() },
      columns: null,
      named: shapingColumns(shaping),
    });
    const place = { path: output!, form: form ?? outputFormOf(file) ?? 'jsonl', excelSafe };
    const { counted } = await writeTable(table, place, take);
    const { droppedKeys } = counted;
    const counts = counted.with({ asks: 0, reasked: 0 });
    return { counts, steps: [], droppedKeys, unasked: 0, shared: 0, output, models: [] };
  }
}

/** @throws TuttiError `bad_usage` where nothing says what is asked */
export function refuseNoPrompt(): never {
  throw new TuttiError('bad_usage', 'nothing says what rows are asked', {
    hint: 'Give a template with -t FILE or --prompt TEXT, or the name of one with --task; --explode COLUMN needs none.',
  });
}

/** What has a meaning only where somebody is asked. */
const OF_ASKING = {
  models: '-m',
  system: '--system',
  systemTemplate: '--system-template',
  columns: '--columns',
  schema: '--schema',
  samples: '-n',
  sample: '--sample',
  onlyFailed: '--only-failed',
} as const;

function meaningless(request: MapRequest): readonly string[] {
  const flags = Object.entries(OF_ASKING).flatMap(([name, flag]) => {
    const value = request[name as keyof MapRequest];
    return value === undefined || value === false || (Array.isArray(value) && value.length === 0)
      ? []
      : [flag];
  });
  return flags.length === 0
    ? []
    : [`${flags.join(', ')} without a prompt: nobody is asked; give one with --prompt or -t`];
}

/** Standard input is copied, since rows are gone through more than once. */
async function withLastingFile<Result>(
  { file }: MapRequest,
  workingFolder: string,
  use: (path: string) => Promise<Result>,
): Promise<Result> {
  if (file !== '-') return use(pathFrom(workingFolder, file));
  const folder = await mkdtemp(join(tmpdir(), 'tutti-map-'));
  try {
    const path = join(folder, 'input');
    const input = inputOf({ file }, workingFolder) as NodeJS.ReadableStream;
    await pipeline(input, createWriteStream(path, { mode: 0o600 }));
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
