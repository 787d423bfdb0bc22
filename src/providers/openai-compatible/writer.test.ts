import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { describe, expect, it } from 'vitest';
import type { TextMessage } from '../provider.ts';
import { handOver, takeRequest } from '../request-handover.ts';
import { sdkWriter } from '../sdk-writer.ts';
import { provider } from './index.ts';

const MESSAGES: readonly TextMessage[] = [
  { role: 'system', content: 'be brief' },
  { role: 'user', content: 'Grüße\n"' },
  { role: 'assistant', content: 'two' },
  { role: 'user', content: 'three' },
];

describe("the OpenAI-compatible adapter's writer", () => {
  const baseUrl = 'http://llm.example/v1';
  const settings = { modelId: 'm-1', baseUrl, apiKey: 'k', apiVersion: undefined, fetch: handOver };
  const sdk = createOpenAICompatible({
    name: 'sdk',
    baseURL: baseUrl,
    apiKey: 'k',
    fetch: handOver,
    includeUsage: true,
  });

  it.each([
    ['chat', false],
    ['chat', true],
    ['completion', false],
    ['completion', true],
  ] as const)(
    'writes what the SDK sends by itself, mode %s, streamed: %s',
    async (mode, stream) => {
      const model = mode === 'chat' ? sdk.chatModel('m-1') : sdk.completionModel('m-1');
      const [own, theirs] = await Promise.all(
        [provider.writer({ ...settings, mode }), sdkWriter(model)].map((writer) =>
          takeRequest(() => writer.write(MESSAGES, stream)),
        ),
      );
      expect(own).toEqual({ ...theirs, headers: expect.anything() });
      expect({ ...own?.headers, 'user-agent': 0 }).toEqual({ ...theirs?.headers, 'user-agent': 0 });
    },
  );
});
