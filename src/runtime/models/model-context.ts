import type { ProviderDescription } from '../../providers/index.ts';
import type { VariableLayers } from '../environment/variable-layers.ts';
import type { Settings } from '../settings/settings.ts';

/** What references are looked up in. */
export interface ModelContext {
  readonly providers: readonly ProviderDescription[];
  readonly settings: Pick<Settings, 'aliases' | 'endpoints' | 'run'>;
  readonly layers: VariableLayers;
  /** Names after `sim/`. */
  readonly simulated: readonly string[];
}
