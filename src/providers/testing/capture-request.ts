import type { GenerateRequest } from '../../core/model.ts';
import { openLink, USUAL_LIMITS } from '../endpoint-link.ts';
import { EndpointModel } from '../endpoint-model.ts';
import type { EndpointSettings } from '../endpoint-settings.ts';
import type { WrittenRequest } from '../provider.ts';
import { STOPPED_CLOCK, testSettings } from './ask-endpoint.ts';

/** How a request is captured. */
export interface CaptureOptions {
  readonly modelId?: string;
  readonly stream?: boolean;
  readonly settings?: Partial<EndpointSettings>;
  /** Added to the server's address. */
  readonly path?: string;
}

/**
 * What a provider sends for a request: as it is handed to the connection, which there is none of.
 *
 * @returns the request, or `code: message` of the error in place of one.
 */
export async function captureRequest(
  provider: string,
  request: Partial<GenerateRequest>,
  { modelId = 'm-1', stream = false, settings, path = '' }: CaptureOptions = {},
): Promise<WrittenRequest | string> {
  const link = await openLink(
    testSettings(provider, `http://127.0.0.1:9${path}`, settings),
    STOPPED_CLOCK,
    USUAL_LIMITS,
  );
  let sent: WrittenRequest | undefined;
  const dispatch = ({ path, headers, body }: WrittenRequest) => {
    sent = { path, headers, body };
    throw new Error('not sent on');
  };
  const model = new EndpointModel(
    modelId,
    modelId,
    { ...link, dispatcher: { dispatch } as never },
    undefined,
  );
  const { signal } = new AbortController();
  const error = await model
    .generate(
      { messages: [{ role: 'user', content: 'Hi' }], parameters: {}, choices: 1, ...request },
      stream ? { signal, onDelta: () => {} } : { signal },
    )
    .catch((reason) => reason);
  return sent ?? `${error.code}: ${error.message}`;
}
