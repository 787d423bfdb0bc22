import { numberOf } from '../../core/exact-json.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';
import type { RunState } from '../../store/index.ts';
import { nameIn, textIn } from './text-in.ts';

/** What a report says of how a run was made: chosen facts of `run.json`, in which there are no secrets. */
export interface RunFacts {
  /** Name of its folder: the time of its start. */
  readonly folder: string;
  readonly state: RunState['state'];
  readonly beganAt: string | null;
  /** The version of tutti that wrote it. */
  readonly version: string | null;
  /** Name of the input, without the folders it is in. */
  readonly input: string | null;
  readonly inputSha256: string;
  /** Names and values: attempts, time-outs. */
  readonly settings: readonly { readonly name: string; readonly value: number }[];
  /** What models stood for, where that is not their name. */
  readonly aliases: readonly { readonly name: string; readonly reference: string }[];
  readonly limits: readonly LaneLimit[];
}

/** What a lane was held to. */
export interface LaneLimit {
  readonly lane: string;
  readonly rpm: number | null;
  readonly tpm: number | null;
  readonly concurrency: number | null;
}

const SETTINGS = ['attempts', 'timeout_ms', 'idle_timeout_ms', 'max_wait_ms', 'stop_after'];
const MOST_LINES = 200;

/** Chooses what a report says of a run; whatever else is in `run.json` stays there: hosts, paths of folders. */
export function runFacts(folder: string, state: RunState): RunFacts {
  return {
    folder,
    state: state.state,
    beganAt: nameIn(state.began_at),
    version: nameIn(state.tutti),
    input: nameIn(inputName(textIn(state.input_path))),
    inputSha256: state.input_sha256,
    settings: SETTINGS.flatMap((name) => {
      const value = state[name];
      return typeof value === 'number' ? [{ name, value }] : [];
    }),
    aliases: aliasesOf(state.settings),
    limits: limitsOf(state.limits),
  };
}

function inputName(path: string | null): string | null {
  const parts = path?.replace(/^name:/, '').split(/[\\/]/);
  return parts?.at(-1) ?? null;
}

function aliasesOf(settings: JsonValue | undefined): RunFacts['aliases'] {
  const models = isJsonObject(settings) && isJsonObject(settings.models) ? settings.models : {};
  return Object.entries(models)
    .flatMap(([name, reference]) =>
      typeof reference === 'string' && reference !== name
        ? [{ name: nameIn(name)!, reference: nameIn(reference)! }]
        : [],
    )
    .slice(0, MOST_LINES);
}

function limitsOf(limits: JsonValue | undefined): readonly LaneLimit[] {
  if (!isJsonObject(limits)) return [];
  const lanes = Object.entries(limits).slice(0, MOST_LINES);
  return lanes.map(([lane, value]) => {
    const limit: JsonObject = isJsonObject(value) ? value : {};
    const { rpm, tpm, concurrency } = limit;
    return {
      lane: nameIn(lane)!,
      rpm: numberOf(rpm),
      tpm: numberOf(tpm),
      concurrency: numberOf(concurrency),
    };
  });
}
