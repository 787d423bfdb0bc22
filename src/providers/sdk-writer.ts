import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider';
import type { RequestWriter, TextMessage } from './provider.ts';

/** Makes a writer of an SDK's model. */
export function sdkWriter(
  model: LanguageModelV4,
  settings: Partial<LanguageModelV4CallOptions> = {},
): RequestWriter {
  return {
    async write(messages, stream) {
      const options = { ...settings, prompt: messages.map(sdkMessage) };
      return stream ? model.doStream(options) : model.doGenerate(options);
    },
  };
}

/** An SDK's model that can write the body of a request that is not streamed without sending it. */
interface PreparingModel extends LanguageModelV4 {
  prepareRequest(options: LanguageModelV4CallOptions): PromiseLike<{ readonly body: unknown }>;
}

/**
 * Makes a writer of an SDK's model that prepares requests: without the SDK's way of sending one, a
 * request costs a fifth.
 *
 * @param send sends a body to the model's address.
 */
export function preparingWriter(
  model: PreparingModel,
  send: (body: string) => Promise<never>,
): RequestWriter {
  const { write } = sdkWriter(model);
  return {
    async write(messages, stream) {
      if (stream) return write(messages, stream);
      const { body } = await model.prepareRequest({ prompt: messages.map(sdkMessage) });
      return send(JSON.stringify(body));
    },
  };
}

function sdkMessage({ role, content }: TextMessage): LanguageModelV4Prompt[number] {
  return role === 'system'
    ? { role, content }
    : { role, content: [{ type: 'text', text: content }] };
}
