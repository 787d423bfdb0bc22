import { blue, type ServerAnswer, whole } from './server-answer.test-support.ts';

/** Bodies that are whole answers, however they are wrapped. */
export const WHOLE_BODIES: readonly ServerAnswer[] = [
  {
    server: 'OpenRouter',
    about: 'comments before a whole answer',
    contentType: 'application/json',
    body: `: OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n${whole({ message: { content: 'Blue sky.' } })}`,
    gives: blue,
  },
  {
    server: 'DeepSeek',
    about: 'empty lines before a whole answer',
    contentType: 'application/json',
    body: `\n\n\n${whole({ message: { content: 'Blue sky.' } })}`,
    gives: blue,
  },
  {
    server: 'any',
    about: 'Latin 1, as declared',
    contentType: 'application/json; charset=ISO-8859-1',
    body: whole({ message: { content: 'caf\u00e9' } }),
    gives: { texts: ['caf\u00e9'] },
  },
  {
    server: 'any',
    about: 'a number of tokens that nobody has',
    contentType: 'application/json',
    body: whole(
      { message: { content: 'Blue sky.' } },
      { usage: { prompt_tokens: 1e20, completion_tokens: 4 } },
    ),
    gives: {
      ...blue,
      usage: { input: null, cached: null, output: 4, reasoning: null },
      costUsd: null,
      details: {
        notes: ['the server counted 100000000000000000000 tokens, which is not believed'],
      },
    },
  },
  {
    server: 'Groq',
    about: 'parts that are bare texts',
    contentType: 'application/json',
    body: whole({ message: { content: ['Blue ', { type: 'text', text: 'sky.' }] } }),
    gives: blue,
  },
];
