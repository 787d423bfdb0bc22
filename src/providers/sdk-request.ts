import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider';
import type { RequestDraft, TextMessage } from './provider.ts';

/** Has an SDK's model write the request of a draft and hand it to the draft's sink. */
export async function writeBySdk(
  model: LanguageModelV4,
  draft: RequestDraft,
  settings: Partial<LanguageModelV4CallOptions> = {},
): Promise<unknown> {
  const options = { ...settings, prompt: draft.messages.map(sdkMessage) };
  return draft.stream ? model.doStream(options) : model.doGenerate(options);
}

function sdkMessage({ role, content }: TextMessage): LanguageModelV4Prompt[number] {
  return role === 'system'
    ? { role, content }
    : { role, content: [{ type: 'text', text: content }] };
}
