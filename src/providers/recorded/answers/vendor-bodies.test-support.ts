import { call, data, type ServerAnswer } from './server-answer.test-support.ts';

/** Bodies of vendors with protocols of their own. */
export const VENDOR_BODIES: readonly ServerAnswer[] = [
  {
    server: 'Anthropic',
    about: 'thoughts, a tool of its own and one of the caller in a stream',
    provider: 'anthropic',
    body: [
      {
        type: 'message_start',
        message: { id: 'm', model: 'c', usage: { input_tokens: 3, output_tokens: 1 } },
      },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 's' } },
      { type: 'ping' },
      {
        type: 'content_block_start',
        index: 1,
        content_block: { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} },
      },
      {
        type: 'content_block_delta',
        index: 1,
        delta: { type: 'input_json_delta', partial_json: '{"query":"x"}' },
      },
      { type: 'content_block_start', index: 2, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 2, delta: { type: 'text_delta', text: 'Oslo' } },
      {
        type: 'content_block_delta',
        index: 2,
        delta: {
          type: 'citations_delta',
          citation: {
            type: 'web_search_result_location',
            url: 'https://a.example',
            title: 'A',
            cited_text: 'words',
          },
        },
      },
      {
        type: 'content_block_start',
        index: 3,
        content_block: { type: 'tool_use', id: 'c1', name: 'get_weather', input: {} },
      },
      {
        type: 'content_block_delta',
        index: 3,
        delta: { type: 'input_json_delta', partial_json: '{"city":' },
      },
      {
        type: 'content_block_delta',
        index: 3,
        delta: { type: 'input_json_delta', partial_json: '"Oslo"}' },
      },
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 9 } },
      { type: 'message_stop' },
    ]
      .map((event) => `event: ${event.type}\n${data(event)}`)
      .join(''),
    gives: {
      texts: ['Oslo'],
      details: {
        rawFinishReason: 'tool_use',
        choices: [
          {
            finishReason: 'tool_calls',
            rawFinishReason: 'tool_use',
            reasoning: 'hm',
            toolCalls: [
              { id: 's1', type: 'server_tool_use', name: 'web_search', arguments: '{"query":"x"}' },
              { id: 'c1', ...call },
            ],
            citations: [
              {
                url: 'https://a.example',
                title: 'A',
                text: 'words',
                type: 'web_search_result_location',
              },
            ],
          },
        ],
      },
    },
  },
  {
    server: 'Gemini',
    about: 'thoughts, a call, an image, log probabilities, sources',
    provider: 'gemini',
    contentType: 'application/json',
    body: JSON.stringify({
      candidates: [
        {
          finishReason: 'STOP',
          content: {
            parts: [
              { text: 'hm', thought: true },
              { text: 'Oslo' },
              { functionCall: { name: 'get_weather', args: { city: 'Oslo' } } },
              { inlineData: { mimeType: 'image/png', data: 'iVBO' } },
            ],
          },
          logprobsResult: {
            topCandidates: [{ candidates: [{ token: 'Oslo', tokenId: 7, logProbability: -0.5 }] }],
            chosenCandidates: [{ token: 'Oslo', tokenId: 7, logProbability: -0.5 }],
          },
          groundingMetadata: {
            groundingChunks: [{ web: { uri: 'https://a.example', title: 'A' } }],
          },
        },
      ],
      usageMetadata: {
        promptTokenCount: 3,
        toolUsePromptTokenCount: 4,
        candidatesTokenCount: 5,
        promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 2 }],
      },
    }),
    gives: {
      texts: ['Oslo'],
      usage: { input: 7, cached: null, output: 5, reasoning: null, inputAudio: 2 },
      details: {
        choices: [
          {
            finishReason: 'stop',
            reasoning: 'hm',
            toolCalls: [call],
            logprobs: [
              {
                token: 'Oslo',
                logprob: -0.5,
                id: 7,
                top_logprobs: [{ token: 'Oslo', logprob: -0.5, id: 7 }],
              },
            ],
            citations: [{ url: 'https://a.example', title: 'A' }],
            media: [{ mimeType: 'image/png', data: 'iVBO' }],
          },
        ],
      },
    },
  },
  {
    server: 'OpenAI (Responses)',
    about: 'items of many kinds',
    provider: 'openai-responses',
    contentType: 'application/json',
    body: JSON.stringify({
      id: 'r',
      status: 'completed',
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
        {
          type: 'web_search_call',
          id: 'w1',
          status: 'completed',
          action: { type: 'search', query: 'x' },
        },
        {
          type: 'message',
          content: [
            {
              type: 'output_text',
              text: 'Oslo',
              annotations: [
                {
                  type: 'url_citation',
                  url: 'https://a.example',
                  title: 'A',
                  start_index: 0,
                  end_index: 4,
                },
              ],
              logprobs: [{ token: 'Oslo', logprob: -0.5 }],
            },
          ],
        },
        {
          type: 'function_call',
          id: 'f',
          call_id: 'c1',
          name: 'get_weather',
          arguments: '{"city":"Oslo"}',
        },
        { type: 'image_generation_call', result: 'iVBO', output_format: 'png' },
      ],
    }),
    gives: {
      texts: ['Oslo'],
      details: {
        choices: [
          {
            finishReason: 'tool_calls',
            reasoning: 'hm',
            toolCalls: [
              {
                id: 'w1',
                type: 'web_search_call',
                name: 'web_search_call',
                arguments: '{"type":"search","query":"x"}',
              },
              { id: 'c1', ...call },
            ],
            logprobs: [{ token: 'Oslo', logprob: -0.5 }],
            citations: [
              { url: 'https://a.example', title: 'A', start: 0, end: 4, type: 'url_citation' },
            ],
            media: [{ mimeType: 'image/png', data: 'iVBO' }],
          },
        ],
      },
    },
  },
  {
    server: 'Codex proxies',
    about: 'a last event that repeats nothing',
    provider: 'openai-responses',
    body: [
      { type: 'response.created', response: { id: 'r', model: 'm' } },
      {
        type: 'response.output_item.done',
        item: { type: 'reasoning', content: [{ type: 'reasoning_text', text: 'hm' }] },
      },
      { type: 'response.output_text.delta', delta: 'Os' },
      { type: 'response.output_text.delta', delta: 'lo' },
      {
        type: 'response.output_item.done',
        item: { type: 'message', content: [{ type: 'output_text', text: 'Oslo' }] },
      },
      { type: 'response.completed', response: { id: 'r', status: 'completed', output: [] } },
    ]
      .map((event) => `event: ${event.type}\n${data(event)}`)
      .join(''),
    gives: {
      texts: ['Oslo'],
      details: {
        rawFinishReason: 'completed',
        choices: [{ finishReason: 'stop', rawFinishReason: 'completed', reasoning: 'hm' }],
      },
    },
  },
  {
    server: 'Anthropic behind a proxy',
    about: 'cut within message_stop, cached input told at the start alone',
    provider: 'anthropic',
    body: `${[
      {
        type: 'message_start',
        message: {
          id: 'm',
          usage: { input_tokens: 3, cache_read_input_tokens: 4, cache_creation_input_tokens: 5 },
        },
      },
      { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Oslo' } },
      {
        type: 'message_delta',
        delta: { stop_reason: 'end_turn' },
        usage: { input_tokens: 3, output_tokens: 9 },
      },
    ]
      .map((event) => `event: ${event.type}\n${data(event)}`)
      .join('')}event: message_stop\ndata: {"type":"m`,
    gives: {
      texts: ['Oslo'],
      finishReason: 'stop',
      usage: { input: 12, cached: 4, output: 9, reasoning: null, cacheWrite: 5 },
    },
  },
  {
    server: 'Ollama',
    about: 'a tool call in a line before the last',
    provider: 'ollama',
    contentType: 'application/x-ndjson',
    body: '{"message":{"role":"assistant","content":"","tool_calls":[{"id":"c1","function":{"index":0,"name":"get_weather","arguments":{"city":"Oslo"}}}]},"done":false}\n{"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}\n',
    gives: {
      texts: [''],
      details: { choices: [{ finishReason: 'stop', toolCalls: [{ id: 'c1', ...call }] }] },
    },
  },
];
