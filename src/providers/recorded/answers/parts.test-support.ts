import { DONE, data, end, piece, type ServerAnswer, whole } from './server-answer.test-support.ts';

/** Thoughts, log probabilities, sources and media. */
export const PARTS: readonly ServerAnswer[] = [
  ...['reasoning_content', 'reasoning', 'reasoning_text'].map(
    (key): ServerAnswer => ({
      server: 'DeepSeek, vLLM, Copilot',
      about: `thoughts as ${key}`,
      body:
        piece({ [key]: 'six ' }) +
        piece({ [key]: 'times seven', content: null }) +
        piece({ content: '42' }) +
        end() +
        DONE,
      gives: {
        texts: ['42'],
        details: { choices: [{ finishReason: 'stop', reasoning: 'six times seven' }] },
      },
    }),
  ),
  {
    server: 'OpenRouter',
    about: 'thoughts twice',
    contentType: 'application/json',
    body: whole({
      message: {
        content: '42',
        reasoning: 'hm',
        reasoning_details: [{ type: 'reasoning.text', text: 'hm' }],
      },
    }),
    gives: { texts: ['42'], details: { choices: [{ finishReason: 'stop', reasoning: 'hm' }] } },
  },
  {
    server: 'OpenRouter',
    about: 'thoughts in details alone',
    contentType: 'application/json',
    body: whole({
      message: {
        content: '42',
        reasoning_details: [
          { type: 'reasoning.summary', summary: 'hm' },
          { type: 'reasoning.encrypted', data: 'x' },
        ],
      },
    }),
    gives: { details: { choices: [{ finishReason: 'stop', reasoning: 'hm' }] } },
  },
  {
    server: 'Mistral',
    about: 'thoughts as a part, in a stream',
    provider: 'mistral',
    body:
      piece({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] }) +
      piece({ content: [{ type: 'text', text: '42' }] }) +
      end() +
      DONE,
    gives: { texts: ['42'], details: { choices: [{ finishReason: 'stop', reasoning: 'hm' }] } },
  },
  {
    server: 'OpenAI',
    about: 'log probabilities in a stream',
    body:
      piece({ content: 'a' }, { logprobs: { content: [{ token: 'a', logprob: -1 }] } }) +
      piece({ content: 'b' }, { logprobs: { content: [{ token: 'b', logprob: -2 }] } }) +
      end(),
    gives: {
      texts: ['ab'],
      details: {
        choices: [
          {
            finishReason: 'stop',
            logprobs: [
              { token: 'a', logprob: -1 },
              { token: 'b', logprob: -2 },
            ],
          },
        ],
      },
    },
  },
  {
    server: 'Together, old vLLM',
    about: 'log probabilities in lists',
    contentType: 'application/json',
    body: whole({
      message: { content: 'ab' },
      logprobs: {
        content: null,
        tokens: ['a', 'b'],
        token_logprobs: [-1, null],
        top_logprobs: [{ a: -1, c: -3 }, null],
      },
    }),
    gives: {
      details: {
        choices: [
          {
            finishReason: 'stop',
            logprobs: [
              {
                token: 'a',
                logprob: -1,
                top_logprobs: [
                  { token: 'a', logprob: -1 },
                  { token: 'c', logprob: -3 },
                ],
              },
              { token: 'b', logprob: null, top_logprobs: [] },
            ],
          },
        ],
      },
    },
  },
  {
    server: 'Perplexity, xAI',
    about: 'sources, repeated in each chunk',
    body:
      data({ citations: ['https://a.example'], choices: [{ index: 0, delta: { content: '4' } }] }) +
      data({
        citations: ['https://a.example', 'https://b.example'],
        choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      }),
    gives: {
      texts: ['4'],
      details: {
        choices: [
          {
            finishReason: 'stop',
            citations: [{ url: 'https://a.example' }, { url: 'https://b.example' }],
          },
        ],
      },
    },
  },
  {
    server: 'OpenAI, OpenRouter',
    about: 'annotations',
    contentType: 'application/json',
    body: whole({
      message: {
        content: '4',
        annotations: [
          {
            type: 'url_citation',
            url_citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 1 },
          },
        ],
      },
    }),
    gives: {
      details: {
        choices: [
          {
            finishReason: 'stop',
            citations: [
              { url: 'https://a.example', title: 'A', start: 0, end: 1, type: 'url_citation' },
            ],
          },
        ],
      },
    },
  },
  {
    server: 'Azure (own data)',
    about: 'citations in the context',
    contentType: 'application/json',
    body: whole({
      message: {
        content: '4',
        context: { citations: [{ content: 'words', title: 'A', filepath: 'a.md' }], intent: 'x' },
      },
    }),
    gives: {
      details: {
        choices: [
          { finishReason: 'stop', citations: [{ title: 'A', text: 'words', filepath: 'a.md' }] },
        ],
      },
    },
  },
  {
    server: 'OpenRouter',
    about: 'an image',
    contentType: 'application/json',
    body: whole({
      message: {
        content: '',
        images: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBO' } }],
      },
    }),
    gives: {
      texts: [''],
      details: {
        choices: [{ finishReason: 'stop', media: [{ mimeType: 'image/png', data: 'iVBO' }] }],
      },
    },
  },
  {
    server: 'OpenAI',
    about: 'a sound in pieces',
    body:
      piece({ audio: { id: 'a', transcript: 'Hi ' } }) +
      piece({ audio: { data: 'AQI=' } }) +
      piece({ audio: { data: 'Aw==', transcript: 'you' } }) +
      end(),
    gives: {
      details: {
        choices: [{ finishReason: 'stop', media: [{ data: 'AQID', transcript: 'Hi you' }] }],
      },
    },
  },
  {
    server: 'OpenAI',
    about: 'a refusal',
    contentType: 'application/json',
    body: whole({ message: { content: null, refusal: 'No.' } }),
    gives: { texts: ['No.'], details: { choices: [{ finishReason: 'stop', refusal: 'No.' }] } },
  },
];
