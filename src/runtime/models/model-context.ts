import type { ProviderDescription } from '../../providers/index.ts';
import type { ConsortiumSource, FoundConsortium } from '../consortiums/saved-consortiums.ts';
import type { VariableLayers } from '../environment/variable-layers.ts';
import type { Settings } from '../settings/settings.ts';
import type { ModelProblem, ResolvedConsortium } from './resolved-model.ts';

/** What references are looked up in. */
export interface ModelContext {
  readonly providers: readonly ProviderDescription[];
  readonly settings: Pick<Settings, 'aliases' | 'endpoints' | 'run'>;
  readonly layers: VariableLayers;
  /** Names after `sim/`. */
  readonly simulated: readonly string[];
  /** Saved consortiums; default none. */
  readonly consortiums?: ConsortiumSource | undefined;
  /** The consortium that a command was given, by its name; default none. */
  readonly givenConsortium?: FoundConsortium | undefined;
  /** The names of the consortiums whose part is looked up; default none. */
  readonly within?: readonly string[] | undefined;
  /** What was resolved before in the same context. */
  readonly resolvedConsortiums?: Map<string, ResolvedConsortium | ModelProblem> | undefined;
}
