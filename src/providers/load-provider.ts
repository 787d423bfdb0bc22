import { nearestName } from '../core/nearest-name.ts';
import { TuttiError } from '../core/tutti-error.ts';
import { COMPATIBLE_SERVICES } from './openai-compatible-services.ts';
import type { Provider } from './provider.ts';
import { PROVIDER_LOADERS, PROVIDERS } from './registry.generated.ts';

/**
 * Loads a provider by its name.
 *
 * @throws TuttiError `unknown_model` for a name that no provider has.
 */
export async function loadProvider(name: string): Promise<Provider> {
  if (Object.hasOwn(PROVIDER_LOADERS, name)) return (await PROVIDER_LOADERS[name]!()).provider;
  const service = COMPATIBLE_SERVICES.find((row) => row.name === name);
  if (service !== undefined) {
    const { serviceProvider } = await import('./openai-compatible/index.ts');
    return serviceProvider(service);
  }
  const near = nearestName(
    name,
    PROVIDERS.map((provider) => provider.name),
  );
  throw new TuttiError('unknown_model', `There is no provider \`${name}\``, {
    hint: near === undefined ? 'See `tutti models`.' : `Did you mean \`${near}\`?`,
  });
}
