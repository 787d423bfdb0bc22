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

function sdkMessage({ role, content }: TextMessage): LanguageModelV4Prompt[number] {
  return role === 'system'
    ? { role, content }
    : { role, content: [{ type: 'text', text: content }] };
}
