import { CallError } from '../core/call-error.ts';
import type { GenerateOptions, GenerateRequest, Generation, SimpleModel } from '../core/model.ts';
import { Call } from './call.ts';
import { type EndpointLink, openWriter } from './endpoint-link.ts';
import type { RequestWriter } from './provider.ts';

/**
 * One model of an endpoint. The provider's SDK writes each request; from there on everything is
 * ours: the transport sends it, and the provider's format reads the body as it came. The SDK never
 * sees an answer, so none is lost to a schema that a server does not follow to the letter.
 */
export class EndpointModel implements SimpleModel {
  readonly reference: string;
  readonly severalChoices: boolean;
  readonly #modelId: string;
  readonly #link: EndpointLink;
  readonly #writers: { chat?: RequestWriter; completion?: RequestWriter } = {};

  constructor(modelId: string, reference: string, link: EndpointLink) {
    this.#modelId = modelId;
    this.reference = reference;
    this.#link = link;
    this.severalChoices = link.provider.choicesParameter !== null;
  }

  async generate(request: GenerateRequest, options: GenerateOptions): Promise<Generation> {
    const { signal } = options;
    signal.throwIfAborted();
    const { secrets } = this.#link;
    try {
      const answer = await this.#call(request, options).run();
      return {
        texts: answer.texts.map((text) => secrets.redact(text)),
        finishReason: answer.finishReason,
        model: answer.model === null ? null : secrets.redact(answer.model),
        usage: answer.usage,
        costUsd: await this.#link.cost([answer.model, this.#modelId], answer.usage),
        requestId: answer.id === null ? null : secrets.redact(answer.id),
      };
    } catch (error) {
      if (signal.aborted && error === signal.reason) throw error;
      throw secrets.redactError(error instanceof CallError ? error : unexpected(error));
    }
  }

  #call(request: GenerateRequest, options: GenerateOptions): Call {
    const mode = this.#link.provider.completionMode ? (request.mode ?? 'chat') : 'chat';
    this.#writers[mode] ??= openWriter(this.#link, this.#modelId, mode);
    const writer = this.#writers[mode];
    return new Call({ link: this.#link, modelId: this.#modelId, mode, writer, request, options });
  }
}

function unexpected(error: unknown): CallError {
  const message = error instanceof Error ? error.message : String(error);
  return new CallError('internal', `Something of tutti's own failed: ${message}`);
}
