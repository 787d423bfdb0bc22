import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { VERSION } from '../../core/version.ts';
import {
  experimentSetup,
  type FindTarget,
  type LaneTarget,
  type PreparedRun,
  prepareRun,
} from '../../experiment/index.ts';
import { executeRun } from '../../run/index.ts';
import type { Limits } from '../../scheduler/index.ts';
import { experimentName } from '../../store/index.ts';
import { type EngineContext, readConfiguration } from '../action-context.ts';
import type { Configuration } from '../configuration.ts';
import type { FinishedRunNotice, ReadyRun, RunRequest } from '../engine.ts';
import { createFindTarget } from '../models/find-lane-target.ts';
import { type LimitsTable, unusedLimits } from '../models/limiter-choice.ts';
import { readLimitsFile } from '../models/limits-file.ts';
import type { ModelOpener } from '../models/model-opener.ts';
import { limitsInWords } from './limits-in-words.ts';

/** So long a streamed answer may be silent, unless the request says otherwise. */
const IDLE_TIMEOUT_MS = 120_000;
/** The form of `run.json`. */
const FORMAT_VERSION = 1;

/** Prepares a run; see `Engine.prepareRun`. */
export async function prepareExperiment(
  request: RunRequest,
  context: EngineContext,
): Promise<ReadyRun | FinishedRunNotice> {
  const configuration = await readConfiguration(context);
  const { findTarget, limits } = await targetFinder(request, configuration, context.opener);
  return prepareWith({ request, configuration, findTarget, limits, context });
}

/** Finds models with the limits of the flags, the limits file and the settings. */
export async function targetFinder(
  request: RunRequest,
  configuration: Configuration,
  opener: ModelOpener,
): Promise<{ readonly findTarget: FindTarget; readonly limits: LimitsTable }> {
  const limits: LimitsTable =
    request.limitsFile === undefined ? new Map() : await readLimitsFile(request.limitsFile);
  const findTarget = createFindTarget({
    context: configuration,
    limits,
    usual: usualLimits(request, configuration),
    open: (model) => opener.open(model),
  });
  return { findTarget, limits };
}

/** Says what a limits file names that has no row: a shared file may, a misspelt name must not go unnoticed. */
export function limitsNotes(
  { limitsFile }: RunRequest,
  limits: LimitsTable,
  lanes: readonly { readonly limiters: LaneTarget['limiters'] }[],
): string[] {
  const names = new Set(lanes.flatMap(({ limiters }) => limiters.map(({ name }) => name)));
  const unused = unusedLimits(limits, names);
  return unused.length === 0 ? [] : [`${limitsFile}: no row has ${unused.join(', ')}`];
}

/** What a run is prepared from. */
export interface Preparation {
  readonly request: RunRequest;
  /** Name of the experiment's folder; default: that of its file. */
  readonly name?: string;
  readonly configuration: Configuration;
  readonly findTarget: FindTarget;
  /** What the limits file says; default: nothing. */
  readonly limits?: LimitsTable;
  readonly context: EngineContext;
}

/** Prepares a run whose models can be found. */
export async function prepareWith(preparation: Preparation): Promise<ReadyRun | FinishedRunNotice> {
  const { request, configuration, findTarget, context } = preparation;
  const { run } = configuration.settings;
  const name = preparation.name ?? experimentName(request.file);
  const prepared = await prepareRun({
    input: inputOf(request.file),
    label: labelOf(request.file),
    experimentFolder: join(request.out ?? run.out.value, name),
    findTarget,
    limit: request.limit,
    skipInvalid: request.skipInvalid,
    fresh: request.fresh,
    clock: context.clock,
    random: context.random,
    facts: {
      format: FORMAT_VERSION,
      tutti: VERSION,
      node: process.version,
      experiment: name,
      attempts: request.attempts ?? run.attempts.value,
      timeout_ms: request.timeoutMs ?? run.timeout.value,
      idle_timeout_ms: request.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
      ...(request.stream !== undefined && { stream: request.stream }),
      ...(request.keepRaw && { keep_raw: true }),
    },
  });
  if ('finished' in prepared) {
    const { folder, state } = prepared.finished;
    const totals = state.totals as { readonly failed?: number } | undefined;
    return { finished: true, folder: folder.path, failed: totals?.failed ?? 0 };
  }
  return readyRun(prepared, preparation);
}

function readyRun(
  prepared: PreparedRun,
  { request, configuration, findTarget, limits = new Map(), context }: Preparation,
): ReadyRun {
  const { table, lanes, lineProblems } = prepared.pass;
  const { run } = configuration.settings;
  const usual = limitsInWords(usualLimits(request, configuration));
  return {
    opening: [
      ...configuration.notices,
      [
        labelOf(request.file),
        countOf(table.rowCount, 'row'),
        countOf(lanes.length, 'lane'),
        `${request.limitsFile === undefined ? '' : `${request.limitsFile}, else `}${usual.join(', ')}`,
      ].join(' · '),
      ...limitsNotes(request, limits, lanes),
      ...(lineProblems.errors > 0
        ? [`left out: ${countOf(lineProblems.errors, 'malformed line')} (failed.jsonl)`]
        : []),
      prepared.resumed
        ? `goes on with ${prepared.folder.path}`
        : `results: ${prepared.folder.path}`,
    ],
    folder: prepared.folder.path,
    simulated: lanes.every(({ sentTo }) => sentTo.startsWith('sim/')),
    limits: new Map(lanes.map(({ name, limiters }) => [name, limiters[0]?.limits ?? {}])),
    closing: [],
    discard: () => prepared.lock.release(),
    execute: ({ drain, signal, onStart }) =>
      executeRun(experimentSetup(prepared, findTarget, request), {
        clock: context.clock,
        random: context.random,
        session: context.session,
        attempts: request.attempts ?? run.attempts.value,
        timeoutMs: request.timeoutMs ?? run.timeout.value,
        idleTimeoutMs: request.idleTimeoutMs ?? IDLE_TIMEOUT_MS,
        drain,
        signal,
        onStart,
      }),
  };
}

/** Limits of a lane, or of a group, that the limits file does not name. */
export function usualLimits(request: RunRequest, { settings }: Configuration): Limits {
  const { run } = settings;
  return {
    requestsPerMinute: request.requestsPerMinute ?? run.rpm.value ?? undefined,
    tokensPerMinute: request.tokensPerMinute ?? run.tpm.value ?? undefined,
    concurrency: request.concurrency ?? run.concurrency.value,
  };
}

/** Standard input as a stream of its own, so that nothing else of the process is touched. */
export function inputOf(file: string): string | Readable {
  return file === '-' ? createReadStream('', { fd: 0, autoClose: false }) : file;
}

/** What an input is called in messages. */
export function labelOf(file: string): string {
  return file === '-' ? 'standard input' : file;
}

function countOf(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}
