import type { IncomingHttpHeaders } from 'node:http';
import type { EndpointLink } from './endpoint-link.ts';
import type { FailureContext } from './errors/failed-answer.ts';
import { requestIdOf } from './request-id.ts';

/** An answer of an endpoint. */
export interface AnswerAt {
  /** What was asked: a model's id, or `files`. */
  readonly asked: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** What of a stream had come. */
  readonly partialText?: string | undefined;
}

/** Says what is known of an answer when it turns out to be a failure. */
export function contextAt(endpoint: EndpointLink, answer: AnswerAt): FailureContext {
  const { settings, baseUrl, clock, account } = endpoint;
  const { asked, status, headers, partialText } = answer;
  return {
    subject: {
      endpoint: settings.name,
      baseUrl,
      modelId: asked,
      keyVariable: account?.where ?? keyVariable(endpoint),
      hasKey: Boolean(settings.apiKey ?? account),
    },
    status,
    headers,
    nowMs: clock.wallMs(),
    requestId: requestIdOf(headers),
    partialText,
    redact: (text) => endpoint.secrets.redact(text),
  };
}

/** Other variables than an address or an entry of the user's names are never read for it. */
function keyVariable({ settings, provider }: EndpointLink): string | null {
  if (settings.keyVariable !== undefined) return settings.keyVariable;
  const { name, keyVariables } = provider.description;
  return settings.name === name ? (keyVariables[0] ?? null) : null;
}
