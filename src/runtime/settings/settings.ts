import type { Limits } from '../../scheduler/index.ts';
import type { GivenRunValues, RunOptionName, RunValues } from './run-options.ts';
import type { EndpointEntry } from './schema.ts';

/** The layers of settings, the strongest first. */
export type SettingsLayer = 'environment' | 'project' | 'home' | 'default';

/** A value and where it comes from, so that it can be said aloud. */
export interface Setting<Value> {
  readonly value: Value;
  readonly layer: SettingsLayer;
  /** `TUTTI_RPM`, `tutti.yaml:4`, a path of the home's file and line, or `default`. */
  readonly where: string;
}

/** All settings of a command, from every layer. */
export interface Settings {
  /** The models that are asked when no -m is given, as references. */
  readonly models: Setting<readonly string[]>;
  /** Short names for references. */
  readonly aliases: ReadonlyMap<string, Setting<string>>;
  /** Servers by name. */
  readonly endpoints: ReadonlyMap<string, Setting<EndpointEntry>>;
  /** The options of everything that sends calls. */
  readonly run: { readonly [Name in RunOptionName]: Setting<RunValues[Name]> };
}

/** The options of what is sent now: a given value comes before the settings. */
export function runValues(settings: Settings, given: GivenRunValues): RunValues {
  const values = Object.entries(settings.run).map(([name, { value }]) => [
    name,
    given[name as RunOptionName] ?? value,
  ]);
  return Object.fromEntries(values) as RunValues;
}

/** The limits of a lane, or of a group, to which no limits file gives others. */
export function laneLimits(values: RunValues): Limits {
  return {
    requestsPerMinute: values.requestsPerMinute ?? undefined,
    tokensPerMinute: values.tokensPerMinute ?? undefined,
    concurrency: values.concurrency,
  };
}

/** The limits of all lanes together; undefined where there are none. */
export function totalLimits({ totalRequestsPerMinute }: RunValues): Limits | undefined {
  return totalRequestsPerMinute === null
    ? undefined
    : { requestsPerMinute: totalRequestsPerMinute };
}

/** Tells whether the user has set an option, now or in the settings, or it has its default. */
export function isSet(name: RunOptionName, settings: Settings, given: GivenRunValues): boolean {
  return given[name] !== undefined || settings.run[name].layer !== 'default';
}
