import { resolve } from 'node:path';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  FINE_TUNING_FORMATS,
  type FineTuningFormat,
} from '../../experiment/fine-tuning/fine-tuning-format.ts';
import type { WrittenExamples } from '../../experiment/fine-tuning/index.ts';
import type { ActionContext } from '../context/action-context.ts';
import {
  deleteFiles,
  exampleFile,
  exampleFilesThere,
  filesOfExport,
} from '../runs/example-files.ts';
import { findLastingResults, isSameFile, placeFor } from '../runs/results-place.ts';
import { inputOf, pathFrom } from '../runs/run-input.ts';

/** Which rows become examples for fine-tuning, and where they go. Paths are from the engine's working folder. */
export interface ExamplesToExport {
  /** Path of a run's folder, a results file or a table; `-` is standard input. */
  readonly source: string;
  readonly format: FineTuningFormat;
  /** What the new files' paths begin with; default: the source's without its extension, and the form. */
  readonly out?: string | undefined;
  /** The column of prompts; default `prompt`. */
  readonly prompt?: string | undefined;
  /** The column of completions; default `response`. Not for forms of preferences. */
  readonly completion?: string | undefined;
  /** The columns of the better and of the worse completion, for forms of preferences only. */
  readonly chosen?: string | undefined;
  readonly rejected?: string | undefined;
  /** The system message of all rows; default, and where it is blank, none. */
  readonly system?: string | undefined;
  /** A column of system messages, which count before that one; default none. */
  readonly systemColumn?: string | undefined;
  /** Which part of the prompts goes into a file of its own, between 0 and 1; default none. */
  readonly validation?: number | undefined;
  /** Seed of the choice of these; default 0. */
  readonly seed?: number | undefined;
  /** Most tokens of an example; default any number. */
  readonly maxTokens?: number | undefined;
  /** Most bytes of a file: more go into several; default one file. */
  readonly maxBytes?: number | undefined;
  /** True: rows with something wrong are left out; default false: nothing is written then. */
  readonly drop?: boolean | undefined;
  /** True: the files of an earlier export of that name are replaced, all of them; default false. */
  readonly force?: boolean | undefined;
  /** Path of a tokenizer's ranks (`.tiktoken`); default: tokens are estimated. */
  readonly tokenizer?: string | undefined;
}

/** What became of the rows. */
export interface ExportedExamples extends WrittenExamples {
  /** Absolute paths of further files of an earlier export of that name, which are gone. */
  readonly removed: readonly string[];
}

/**
 * Writes the rows of a table, or the results of a run, as files for fine-tuning.
 *
 * @throws TuttiError `bad_usage` for options that do not fit, and files that are there; `bad_input` for columns that no row
 *   has, and lines that are no rows
 */
export async function exportExamples(
  { workingFolder }: ActionContext,
  request: ExamplesToExport,
): Promise<ExportedExamples> {
  const columns = columnsOf(request);
  const { source, format, validation, force = false } = request;
  const isStandardInput = source === '-';
  const place = isStandardInput
    ? { results: '', folder: null }
    : await findLastingResults(source, workingFolder);
  const prefix = prefixOf(request, place.results, workingFolder);
  const names = { prefix, hasValidation: validation !== undefined };
  const there = await exampleFilesThere(names);
  for (const path of there) {
    if (await isSameFile(path, place.results)) throw amongNewFiles(source);
    if (!force) throw taken(path);
  }
  const written = new Set<string>();
  const pathOf = async (side: 'training' | 'validation', part: number | null) => {
    const path = exampleFile(prefix, side, part);
    written.add(path);
    return placeFor(place, path, { source, out: path, workingFolder });
  };
  // Before anything is read, as far as the names are known.
  if (request.maxBytes === undefined) {
    await pathOf('training', null);
    if (validation !== undefined) await pathOf('validation', null);
  }
  const { writeExamples, openTokenizer, estimatedTokens } = await import(
    '../../experiment/fine-tuning/index.ts'
  );
  const { tokenizer } = request;
  const examples = await writeExamples({
    ...{ format, columns, pathOf },
    input: isStandardInput ? inputOf({ file: source }, workingFolder) : place.results,
    label: isStandardInput ? 'standard input' : plainLine(source, 500),
    system: request.system?.trim() ? request.system : null,
    validation,
    seed: request.seed ?? 0,
    maxTokens: request.maxTokens,
    maxBytes: request.maxBytes,
    drop: request.drop ?? false,
    countTokens:
      tokenizer === undefined
        ? estimatedTokens
        : await openTokenizer(pathFrom(workingFolder, tokenizer)),
  });
  if (examples.training.length === 0) return { ...examples, removed: [] };
  // Who reads all files of this name would mix two exports.
  const removed = filesOfExport(there, names).filter((path) => !written.has(path));
  // From the last part on: where this ends half-way, those that are left have no gap.
  await deleteFiles(removed.toReversed());
  return { ...examples, removed };
}

function columnsOf(request: ExamplesToExport) {
  const { format, chosen, rejected, completion, systemColumn } = request;
  const problems: string[] = [];
  const isPreference = FINE_TUNING_FORMATS[format] === 'preference';
  if (isPreference && (chosen === undefined || rejected === undefined)) {
    problems.push(`${format} needs --chosen and --rejected`);
  }
  if (isPreference && completion !== undefined) {
    problems.push(`--completion has no place in ${format}: --chosen names the better one`);
  }
  if (!isPreference && (chosen !== undefined || rejected !== undefined)) {
    problems.push(`${format} has one completion: name it with --completion`);
  }
  if (format === 'dpo' && (request.system !== undefined || systemColumn !== undefined)) {
    problems.push('dpo has no place for a system message: openai-dpo has');
  }
  if (problems.length > 0) throw new TuttiError('bad_usage', problems.join('\n'));
  return {
    prompt: request.prompt ?? 'prompt',
    completion: isPreference ? chosen! : (completion ?? 'response'),
    rejected: isPreference ? rejected! : null,
    system: systemColumn ?? null,
  };
}

function prefixOf(
  { out, format, source }: ExamplesToExport,
  results: string,
  workingFolder: string,
): string {
  if (out !== undefined) return resolve(workingFolder, out.replace(/\.jsonl$/i, ''));
  if (source !== '-') return results.replace(/(?:\.[a-z]+)?(?:\.gz)?$/i, `.${format}`);
  throw new TuttiError('bad_usage', 'What comes from standard input has no place of its own', {
    hint: 'Name what the new files begin with: -o PREFIX.',
  });
}

function amongNewFiles(source: string): TuttiError {
  return new TuttiError(
    'bad_usage',
    `${plainLine(source, 1000)} would be written over itself, or lie among its own new files`,
    { hint: 'Name what the new files begin with: -o PREFIX.' },
  );
}

function taken(file: string): TuttiError {
  return new TuttiError('bad_usage', `${plainLine(file, 1000)} is there already`, {
    hint: 'Replace it with --force, or name another one with -o.',
  });
}
