import { expect, it } from 'vitest';
import { askInVain, testSettings } from './testing/ask-endpoint.ts';
import { json, startStandIn } from './testing/stand-in-server.ts';

const USAGE = { prompt_tokens: 100, completion_tokens: 20 };

it.each([
  ['content_filtered', { message: { content: '' }, finish_reason: 'content_filter' }],
  ['error_in_response', { message: { content: 'Once' }, finish_reason: 'error' }],
  ['response_without_choice', { message: { content: { answer: 42 } }, finish_reason: 'stop' }],
  ['cut_before_text', { message: { content: '' }, finish_reason: 'length' }],
  ['empty_answer', { message: { content: '' }, finish_reason: 'stop' }],
])('%s tells what it used: it was paid for', async (code, choice) => {
  await using server = await startStandIn(json({ model: 'm-1', choices: [choice], usage: USAGE }));
  const error = await askInVain(testSettings('openai', server.url));
  expect(error).toMatchObject({
    code,
    paid: { model: 'm-1', usage: { input: 100, output: 20 } },
  });
});
