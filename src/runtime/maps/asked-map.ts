import type { JsonObject } from '../../core/json.ts';
import { plainLine } from '../../core/plain-text.ts';
import { needArrow } from '../../io/arrow/index.ts';
import {
  type ChainPlan,
  chainColumns,
  type MapPlan,
  type NamedColumn,
  type OutputShaping,
  type ReadTableOptions,
} from '../../map/index.ts';
import { type ActionContext, readConfiguration } from '../context/action-context.ts';
import type { Configuration } from '../context/configuration.ts';
import type { Notice } from '../environment/notice.ts';
import { chooseModels } from '../models/choose-models.ts';
import { labelOf } from '../runs/run-input.ts';
import type { RunValues } from '../settings/run-options.ts';
import { runValues } from '../settings/settings.ts';
import type { CompiledMap } from './compile-map.ts';
import type { MapRequest } from './map-request.ts';
import { type OutputPlace, outputPlace } from './output-place.ts';

/** A map that asks: what, whom, and what is made of the answers. */
export interface AskedMap {
  /** Of several steps the first. */
  readonly plan: MapPlan;
  /** Null: there is one step, the plan. */
  readonly chain: ChainPlan | null;
  readonly shaping: OutputShaping;
  /** Models as they are named, at least one: those of which each row is asked. */
  readonly references: readonly string[];
  readonly reading: Pick<
    ReadTableOptions,
    'missing' | 'overwrite' | 'share' | 'limit' | 'problems' | 'named' | 'chain'
  >;
  /** True: a row that was answered with nothing has no row in the output. */
  readonly dropsEmpty: boolean;
  /** What the table is called in messages. */
  readonly label: string;
  /** What changes what is asked, by its flag. */
  readonly options: JsonObject;
  readonly place: OutputPlace;
  readonly notices: readonly Notice[];
}

/** A map that asks, with the settings that it is done by. */
export interface ConfiguredMap {
  readonly request: MapRequest;
  readonly values: RunValues;
  readonly configuration: Configuration;
  readonly context: ActionContext;
  readonly asked: AskedMap;
}

/** Reads the settings of a map that asks. @throws TuttiError for models that cannot be asked, all told */
export async function configuredMap(
  context: ActionContext,
  request: MapRequest,
  { shaping, doubts, options, ...compiled }: CompiledMap & { readonly plan: MapPlan },
): Promise<ConfiguredMap> {
  const configuration = await readConfiguration(context);
  const values = runValues(configuration.settings, request);
  const { steps, ...whom } = whomToAsk(request, compiled.chain, configuration);
  const place = outputPlace(request, context.workingFolder);
  if (place.form === 'arrow') await needArrow(plainLine(request.output ?? '', 500));
  const plan = { ...compiled.plan, keepRaw: values.keepRaw };
  const chain = steps === null ? null : keepingRaw({ ...compiled.chain!, steps }, values);
  const problems = [...compiled.problems, ...whom.problems];
  const { missing = 'refuse', overwrite = false, share = false, limit } = request;
  return {
    ...{ request, values, configuration, context },
    asked: {
      ...{ plan, chain, shaping, options, references: whom.references },
      place,
      label: labelOf({ file: request.file }),
      reading: {
        ...{ missing, overwrite, share, limit, problems },
        named: chain === null ? namedColumns(plan, shaping) : chainNames(chain, shaping),
        chain: chain ?? undefined,
      },
      dropsEmpty: request.dropEmpty ?? false,
      notices: [
        ...configuration.notices,
        ...doubts.map((sentence) => ({ kind: 'template_doubtful', sentence }) as const),
      ],
    },
  };
}

/** Whom rows are asked of, and whom each step. */
function whomToAsk(
  { models = [] }: MapRequest,
  chain: ChainPlan | null,
  configuration: Configuration,
): Pick<AskedMap, 'references'> & {
  readonly steps: ChainPlan['steps'] | null;
  readonly problems: readonly string[];
} {
  const referencesOf = (names: readonly string[]) =>
    chooseModels(names, configuration).map(({ reference }) => reference);
  if (chain === null) return { references: referencesOf(models), steps: null, problems: [] };
  const steps = chain.steps.map((step) =>
    step.reference === null ? step : { ...step, reference: referencesOf([step.reference])[0]! },
  );
  if (steps.length === 0 || steps.some(({ reference }) => reference === null)) {
    const references = steps.length === 0 ? [] : referencesOf(models);
    return { references, steps, problems: [] };
  }
  const problems = models.length === 0 ? [] : ['-m with --steps: every step has its model'];
  return { references: [steps[0]!.reference!], steps, problems };
}

function keepingRaw({ steps, ...rest }: ChainPlan, { keepRaw }: RunValues): ChainPlan {
  return { ...rest, steps: steps.map((step) => ({ ...step, plan: { ...step.plan, keepRaw } })) };
}

/** The columns that flags name, where it is known which there will be. */
function chainNames(
  chain: ChainPlan,
  { explode, keep, dedupe }: OutputShaping,
): readonly NamedColumn[] {
  return chainColumns(chain).mayMakeAny ? [] : flagNames({ explode, keep, dedupe });
}

/** The columns that flags name; where a schema or the objects of a column may make any, none is known to be wrong. */
export function namedColumns({ output }: MapPlan, shaping: OutputShaping): readonly NamedColumn[] {
  if (output.kind === 'data' && output.form.typed === null) return [];
  return flagNames(shaping);
}

function flagNames(
  shaping: Pick<OutputShaping, 'explode' | 'keep' | 'dedupe'>,
): readonly NamedColumn[] {
  const { explode } = shaping;
  return explode === null ? shapingColumns(shaping) : [{ flag: '--explode', column: explode }];
}

/** The columns that say which rows stay. */
export function shapingColumns({
  keep,
  dedupe,
}: Pick<OutputShaping, 'keep' | 'dedupe'>): readonly NamedColumn[] {
  return [
    ...(keep?.fields ?? []).map((column) => ({ flag: '--keep', column })),
    ...(dedupe?.columns ?? []).map((column) => ({ flag: '--dedupe-rows', column })),
  ];
}
