import type { JsonObject } from '../../core/json.ts';
import type { MapPlan, NamedColumn, OutputShaping, ReadTableOptions } from '../../map/index.ts';
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
  readonly plan: MapPlan;
  readonly shaping: OutputShaping;
  /** Models as they are named, at least one. */
  readonly references: readonly string[];
  readonly reading: Pick<
    ReadTableOptions,
    'missing' | 'overwrite' | 'share' | 'limit' | 'problems' | 'named'
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
  { shaping, problems, doubts, options, ...compiled }: CompiledMap & { readonly plan: MapPlan },
): Promise<ConfiguredMap> {
  const configuration = await readConfiguration(context);
  const values = runValues(configuration.settings, request);
  const models = chooseModels(request.models ?? [], configuration);
  const plan = { ...compiled.plan, keepRaw: values.keepRaw };
  const { missing = 'refuse', overwrite = false, share = false, limit } = request;
  return {
    ...{ request, values, configuration, context },
    asked: {
      ...{ plan, shaping, options },
      references: models.map(({ reference }) => reference),
      place: outputPlace(request, context.workingFolder),
      label: labelOf({ file: request.file }),
      reading: { missing, overwrite, share, limit, problems, named: namedColumns(plan, shaping) },
      dropsEmpty: request.dropEmpty ?? false,
      notices: [
        ...configuration.notices,
        ...doubts.map((sentence) => ({ kind: 'template_doubtful', sentence }) as const),
      ],
    },
  };
}

/** The columns that flags name; where a schema or the objects of a column may make any, none is known to be wrong. */
export function namedColumns({ output }: MapPlan, shaping: OutputShaping): readonly NamedColumn[] {
  if (output.kind === 'data' && output.form.typed === null) return [];
  if (shaping.explode !== null) return [{ flag: '--explode', column: shaping.explode }];
  return shapingColumns(shaping);
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
