import {
  call,
  DONE,
  data,
  end,
  piece,
  type ServerAnswer,
  whole,
} from './server-answer.test-support.ts';

const called = (more: object = {}) => ({
  details: {
    choices: [{ finishReason: 'tool_calls', toolCalls: [{ id: 'c1', ...call }], ...more }],
  },
});

const named = (event: { readonly type: string; readonly [key: string]: unknown }) =>
  `event: ${event.type}\n${data(event)}`;

/** Tools that models called. */
export const TOOL_CALLS: readonly ServerAnswer[] = [
  {
    server: 'OpenAI',
    about: 'a tool call in pieces',
    body:
      piece({
        tool_calls: [
          {
            index: 0,
            id: 'c1',
            type: 'function',
            function: { name: 'get_weather', arguments: '' },
          },
        ],
      }) +
      piece({ tool_calls: [{ index: 0, function: { arguments: '{"city":' } }] }) +
      piece({ tool_calls: [{ index: 0, function: { arguments: '"Oslo"}' } }] }) +
      end('tool_calls') +
      DONE,
    gives: called(),
  },
  {
    server: 'SGLang',
    about: 'a name in every piece',
    body:
      piece({
        tool_calls: [
          { index: 0, id: 'c1', function: { name: 'get_weather', arguments: '{"city":' } },
        ],
      }) +
      piece({
        tool_calls: [{ index: 0, id: '', function: { name: 'get_weather', arguments: '"Oslo"}' } }],
      }) +
      end('tool_calls'),
    gives: called(),
  },
  {
    server: 'Ollama (OpenAI)',
    about: 'two calls under the number 0',
    body:
      piece({ tool_calls: [{ index: 0, id: 'c1', function: call }] }) +
      piece({ tool_calls: [{ index: 0, id: 'c2', function: call }] }) +
      end('tool_calls'),
    gives: {
      details: {
        choices: [
          {
            finishReason: 'tool_calls',
            toolCalls: [
              { id: 'c1', ...call },
              { id: 'c2', ...call },
            ],
          },
        ],
      },
    },
  },
  {
    server: 'gateways',
    about: 'calls without numbers, in pieces',
    body:
      piece({
        tool_calls: [{ id: 'c1', function: { name: 'get_weather', arguments: '{"city":' } }],
      }) +
      piece({ tool_calls: [{ function: { arguments: '"Oslo"}' } }] }) +
      piece({ tool_calls: [{ id: 'c2', function: call }] }) +
      end('tool_calls'),
    gives: {
      details: {
        choices: [
          {
            finishReason: 'tool_calls',
            toolCalls: [
              { id: 'c1', ...call },
              { id: 'c2', ...call },
            ],
          },
        ],
      },
    },
  },
  {
    server: 'gateways',
    about: 'an input that is an object',
    contentType: 'application/json',
    body: whole({
      finish_reason: 'tool_calls',
      message: {
        content: null,
        tool_calls: [
          {
            id: 'c1',
            type: 'function',
            function: { name: 'get_weather', arguments: { city: 'Oslo' } },
          },
        ],
      },
    }),
    gives: called(),
  },
  {
    server: 'OpenAI (old)',
    about: 'a function call',
    contentType: 'application/json',
    body: whole({
      finish_reason: 'function_call',
      message: { content: null, function_call: call },
    }),
    gives: {
      details: {
        rawFinishReason: 'function_call',
        choices: [
          { finishReason: 'tool_calls', rawFinishReason: 'function_call', toolCalls: [call] },
        ],
      },
    },
  },
  {
    server: 'Ollama',
    about: 'calls without ids, thoughts',
    provider: 'ollama',
    contentType: 'application/json',
    body: JSON.stringify({
      model: 'm',
      done: true,
      done_reason: 'stop',
      message: {
        content: '',
        thinking: 'hm',
        tool_calls: [
          { function: { name: 'get_weather', arguments: { city: 'Oslo' } } },
          { function: { name: 'get_weather', arguments: { city: 'Rome' } } },
        ],
      },
    }),
    gives: {
      details: {
        choices: [
          {
            finishReason: 'stop',
            reasoning: 'hm',
            toolCalls: [call, { name: 'get_weather', arguments: '{"city":"Rome"}' }],
          },
        ],
      },
    },
  },
  {
    server: 'Groq',
    about: 'tools that it ran itself',
    contentType: 'application/json',
    body: whole({
      message: {
        content: '4',
        executed_tools: [{ index: 0, type: 'search', arguments: '{"query":"x"}', output: 'found' }],
      },
    }),
    gives: {
      details: {
        choices: [
          {
            finishReason: 'stop',
            toolCalls: [
              { type: 'search', name: 'search', arguments: '{"query":"x"}', result: 'found' },
            ],
          },
        ],
      },
    },
  },
  ...[true, false].map(
    (repeats): ServerAnswer => ({
      server: 'OpenAI (Responses), proxies',
      about: `a call in pieces, ${repeats ? 'repeated' : 'not repeated'} when it is complete`,
      provider: 'openai-responses',
      body: [
        {
          type: 'response.output_item.added',
          output_index: 1,
          item: {
            type: 'function_call',
            id: 'f',
            call_id: 'c1',
            name: 'get_weather',
            arguments: '',
          },
        },
        { type: 'response.function_call_arguments.delta', output_index: 1, delta: '{"city":' },
        { type: 'response.function_call_arguments.delta', output_index: 1, delta: '"Oslo"}' },
        ...(repeats
          ? [
              {
                type: 'response.output_item.done',
                output_index: 1,
                item: { type: 'function_call', id: 'f', call_id: 'c1', ...call },
              },
            ]
          : []),
        { type: 'response.completed', response: { id: 'r', status: 'completed', output: [] } },
      ]
        .map(named)
        .join(''),
      gives: {
        texts: [''],
        details: {
          rawFinishReason: 'completed',
          choices: [
            {
              finishReason: 'stop',
              rawFinishReason: 'completed',
              toolCalls: [{ id: 'c1', ...call }],
            },
          ],
        },
      },
    }),
  ),
  {
    server: 'proxies of the Responses API',
    about: 'a text that is only told when it is complete',
    provider: 'openai-responses',
    body: [
      { type: 'response.output_text.done', text: 'Oslo' },
      { type: 'response.completed', response: { id: 'r', status: 'completed', output: [] } },
    ]
      .map(named)
      .join(''),
    gives: { texts: ['Oslo'] },
  },
];
