import { loadProvider } from '../load-provider.ts';
import { PROVIDER_LOADERS, PROVIDERS } from '../registry.generated.ts';
import type { Dialect } from './dialect.ts';

/** A dialect with the provider that speaks it. */
export interface ProviderDialect extends Dialect {
  readonly provider: string;
}

/** Every provider of the generated list: a folder brings its own dialect, a service speaks the usual one. */
export const DIALECTS: readonly ProviderDialect[] = await Promise.all(
  PROVIDERS.map(async ({ name }) =>
    Object.hasOwn(PROVIDER_LOADERS, name)
      ? { ...(await dialectOf(name)), provider: name }
      : serviceDialect(name),
  ),
);

/** Those that speak of conversations, and stream. */
export const CHAT_DIALECTS: readonly ProviderDialect[] = DIALECTS.filter(({ isPlain }) => !isPlain);

async function dialectOf(folder: string): Promise<Dialect> {
  const module = await import(`../${folder}/dialect.test-support.ts`);
  return (module as { readonly dialect: Dialect }).dialect;
}

async function serviceDialect(name: string): Promise<ProviderDialect> {
  const { baseUrl, choicesParameter } = await loadProvider(name);
  const { pathname } = new URL(
    baseUrl({ url: new URL('http://127.0.0.1'), query: '', exact: false }),
  );
  return {
    ...(await dialectOf('openai-compatible')),
    provider: name,
    path: `${pathname === '/' ? '' : pathname}/chat/completions`,
    ...(choicesParameter === null ? {} : { choices: choicesParameter }),
  };
}
