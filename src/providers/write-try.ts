import { CallError } from '../core/call-error.ts';
import type { GenerateRequest, RequestMode } from '../core/model.ts';
import type { ModelLink } from './endpoint-model.ts';
import { type MediaSlots, NO_MEDIA } from './media-slots.ts';
import { refusedMessages } from './refused-messages.ts';
import type { RequestForm } from './request-form.ts';
import type { HttpRequest } from './transport/exchange.ts';

/** What is written for one try. */
export interface TryToWrite {
  readonly request: GenerateRequest;
  readonly mode: RequestMode;
  readonly form: RequestForm;
  /** Undefined where it has none. */
  readonly media: MediaSlots | undefined;
}

/**
 * Writes the request of one try.
 *
 * @throws CallError `bad_request` for what cannot be written.
 */
export function writeTry(link: ModelLink, { request, mode, form, media }: TryToWrite): HttpRequest {
  const { endpoint, address, taker, structured } = link;
  const refusal = refusedMessages(taker, request.messages, mode);
  if (refusal !== null) {
    const message = `The messages cannot be sent: ${refusal.message}`;
    throw new CallError('bad_request', message, { hint: refusal.hint });
  }
  if (mode === 'embedding' && request.schema !== undefined) {
    throw new CallError(
      'bad_request',
      'The request cannot be sent: an embedding follows no schema',
    );
  }
  const written = endpoint.provider.writeRequest(address, {
    ...(form.level === undefined ? request : structured.at(form.level, request)),
    mode,
    stream: form.stream,
    streamOptions: form.streamOptions,
    media: media ?? NO_MEDIA,
  });
  const { origin, finishPath } = endpoint;
  const path = finishPath === null ? written.path : finishPath(written.path, address.id);
  const body = media?.bodyOf(written.body) ?? written.body;
  const headers =
    typeof body === 'string'
      ? written.headers
      : { ...written.headers, 'content-length': String(body.byteLength) };
  return { origin, method: 'POST', path, headers, body };
}

/** The error of a request that could not be written. */
export function unwritable(error: unknown): CallError {
  if (error instanceof CallError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('bad_request', `The request cannot be written: ${message}`);
}
