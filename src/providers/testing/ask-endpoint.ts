import type { CallError } from '../../core/call-error.ts';
import type { Clock } from '../../core/clock.ts';
import type { GenerateRequest, Generation } from '../../core/model.ts';
import type { SizeLimits } from '../endpoint-link.ts';
import type { EndpointSettings } from '../endpoint-settings.ts';
import { openEndpoint } from '../open-endpoint.ts';

/** The key that the tests use; long enough to have a tail. */
export const TEST_KEY = 'sk-test-AbCdEfGh12345678';

/** A clock that stands at the beginning of 2026. */
export const STOPPED_CLOCK: Clock = {
  monotonicMs: () => 0,
  wallMs: () => Date.UTC(2026, 0, 1),
  after: () => () => {},
};

/** Settings of an endpoint of a test. */
export function testSettings(
  provider: string,
  baseUrl: string,
  more: Partial<EndpointSettings> = {},
): EndpointSettings {
  return {
    name: provider,
    provider,
    baseUrl,
    apiKey: TEST_KEY,
    headers: {},
    connections: 4,
    proxy: {},
    price: null,
    secrets: [TEST_KEY],
    ...more,
  };
}

/** How a test asks. */
export interface AskOptions {
  readonly request?: Partial<GenerateRequest>;
  readonly onDelta?: (text: string) => void;
  readonly signal?: AbortSignal;
  readonly limits?: SizeLimits;
  readonly modelId?: string;
}

/** Opens the endpoint, makes one call, closes the endpoint. */
export async function ask(
  settings: EndpointSettings,
  options: AskOptions = {},
): Promise<Generation> {
  const endpoint = openEndpoint(settings, STOPPED_CLOCK, options.limits);
  try {
    const model = await endpoint.model(options.modelId ?? 'm-1', `${settings.provider}/m-1`);
    const request = {
      messages: [{ role: 'user' as const, content: 'What is 2+2?' }],
      parameters: {},
      choices: 1,
      ...options.request,
    };
    const { onDelta, signal = new AbortController().signal } = options;
    return await model.generate(request, onDelta ? { onDelta, signal } : { signal });
  } finally {
    await endpoint.close();
  }
}

/** As `ask`, for a call that must fail. */
export async function askInVain(
  settings: EndpointSettings,
  options: AskOptions = {},
): Promise<CallError> {
  const outcome = await ask(settings, options).then(
    (generation) => ({ generation }),
    (error: unknown) => ({ error }),
  );
  if ('generation' in outcome) throw new Error(`Answered: ${outcome.generation.texts.join()}`);
  return outcome.error as CallError;
}
