import type { RunOptionName, RunValues } from './run-options.ts';
import type { EndpointEntry } from './schema.ts';

/** The layers of settings, the strongest first. */
export type SettingsLayer = 'flag' | 'environment' | 'project' | 'home' | 'default';

/** A value and where it comes from, so that it can be said aloud. */
export interface Setting<Value> {
  readonly value: Value;
  readonly layer: SettingsLayer;
  /** `--rpm`, `TUTTI_RPM`, `tutti.yaml:4`, a path of the home's file and line, or `default`. */
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
  /** Defaults of the options of `run`. */
  readonly run: { readonly [Name in RunOptionName]: Setting<RunValues[Name]> };
}
