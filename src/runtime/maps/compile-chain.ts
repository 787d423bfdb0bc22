import { createHash } from 'node:crypto';
import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ChainPlan, ChainStep, MapPlan } from '../../map/index.ts';
import type { CompiledMap } from './compile-map.ts';
import { compileMap } from './compile-map.ts';
import type { MapRequest } from './map-request.ts';
import { readSteps, type StepRequest } from './steps-file.ts';

/** A map of several steps as it is to be done. */
export interface CompiledChain extends CompiledMap {
  readonly plan: MapPlan;
  readonly chain: ChainPlan;
}

/** What each step says for itself. */
const OF_STEPS = {
  prompt: '--prompt',
  template: '-t',
  task: '--task',
  on: '--on',
  system: '--system',
  systemTemplate: '--system-template',
  column: '--column',
  columns: '--columns',
  schema: '--schema',
  single: '--single',
  samples: '-n',
  near: '--dedupe',
} as const satisfies Partial<Record<keyof MapRequest, string>>;

/**
 * Reads the steps of a map; gathers what is wrong.
 *
 * @throws TuttiError where a file cannot be read, or is no file of steps
 */
export async function compileChain(
  request: MapRequest & { readonly steps: string },
  workingFolder: string,
): Promise<CompiledChain> {
  const file = await readSteps(request.steps, workingFolder);
  const problems = [...misplaced(request), ...file.problems];
  const doubts: string[] = [];
  const steps: ChainStep[] = [];
  const options: Record<string, JsonValue> = {
    '--steps': file.steps.map(({ name }) => name).join(', '),
  };
  for (const [index, step] of file.steps.entries()) {
    const compiled = await compileStep(step, request, file.folder);
    problems.push(...compiled.problems.map((problem) => `${step.where}: ${problem}`));
    doubts.push(...compiled.doubts.map((doubt) => `step ${step.name}: ${doubt}`));
    if (compiled.step === null) continue;
    steps.push(compiled.step);
    const isLast = index + 1 === file.steps.length;
    options[`step ${step.name}`] = fingerprint(step, compiled.options, isLast);
  }
  const { distinct } = barriersIn(steps);
  if (distinct !== null) doubts.push(distinct);
  // Where a step says nothing that can be asked, there is a problem, and nothing is asked.
  const first = steps[0]?.plan ?? NO_PLAN;
  const { shaping, ...own } = await compileMap(finalRequest(request), workingFolder);
  problems.push(...own.problems);
  const chain = { steps, overwrites: request.overwrite ?? false };
  return { plan: first, chain, shaping, problems, doubts, options };
}

async function compileStep(
  { name, model, request: own }: StepRequest,
  request: MapRequest,
  folder: string,
): Promise<Omit<CompiledMap, 'plan' | 'chain' | 'shaping'> & { readonly step: ChainStep | null }> {
  const { syntax, parameters, reasks, maxObjects, onTruncated, missing, dropEmpty } = request;
  const { overflow, chunkChars, overlapChars, stream, keepRaw } = request;
  const usual = { syntax, reasks, maxObjects, onTruncated, missing, dropEmpty };
  const limits = { overflow, chunkChars, overlapChars, stream, keepRaw };
  const whole: MapRequest = {
    ...{ ...usual, ...limits, file: request.file },
    ...Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)),
    parameters: { ...parameters, ...own.parameters },
  };
  const { plan, shaping, problems, doubts, options } = await compileMap(whole, folder);
  if (plan === null) {
    return {
      ...{ doubts, options, step: null },
      problems: [...problems, 'the step says nothing to ask: it needs prompt, template or task'],
    };
  }
  const { explode, keep, dedupe: distinct } = shaping;
  const step = {
    ...{ plan: { ...plan, name }, reference: model ?? null, explode, keep, distinct },
    dropsEmpty: whole.dropEmpty ?? false,
  };
  return { step, problems, doubts, options };
}

/** What becomes of the rows that come out of the last step. */
function finalRequest(request: MapRequest): MapRequest {
  const { file, explode, keepSource, overwrite, keep, dedupeRows, dedupeNear } = request;
  return { file, explode, keepSource, overwrite, keep, dedupeRows, dedupeNear };
}

function misplaced(request: MapRequest): string[] {
  const flags = Object.entries(OF_STEPS).flatMap(([name, flag]) => {
    const value = request[name as keyof MapRequest];
    return value === undefined || value === false ? [] : [flag];
  });
  return [
    ...(flags.length > 0
      ? [`${flags.join(', ')} with --steps: each step says that for itself`]
      : []),
    ...(request.share ? ['--share with --steps: each row goes its own way through them'] : []),
  ];
}

/** What a step asks, so that another one is told from it; which rows of the last one stay may be another each time. */
function fingerprint(
  { model, request }: StepRequest,
  options: JsonObject,
  isLast: boolean,
): string {
  const { explode, keep, dedupeRows, dedupeNear, column } = request;
  const rest = isLast ? {} : { explode, keep, dedupeRows, dedupeNear, column };
  const text = JSON.stringify({ model, ...options, ...rest });
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

function barriersIn(steps: readonly ChainStep[]): { readonly distinct: string | null } {
  const waiting = steps.slice(0, -1).filter(({ distinct }) => distinct !== null);
  if (waiting.length === 0) return { distinct: null };
  const names = waiting.map(({ plan }) => plan.name).join(', ');
  return { distinct: `dedupe-rows behind ${names}: all rows wait there for each other` };
}

const NOTHING = { fields: [], render: () => '' };
const NO_PLAN: MapPlan = {
  name: '',
  prompt: NOTHING,
  system: null,
  emptyColumns: [],
  parameters: {},
  samples: 1,
  overflow: 'error',
  chunks: { chunkChars: 1, overlapChars: 0 },
  output: { kind: 'text', column: '', failsOnCut: false, near: null },
};
