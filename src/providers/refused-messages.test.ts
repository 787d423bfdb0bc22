import { describe, expect, it } from 'vitest';
import type { Message } from '../core/message.ts';
import { type MessageTaker, refusedMessages } from './refused-messages.ts';
import { PROVIDERS } from './registry.generated.ts';

const taker = (name: string): MessageTaker => PROVIDERS.find((one) => one.name === name)!;
const user = (content: Message['content']): Message => ({ role: 'user', content });
const assistant = (content: Message['content']): Message => ({ role: 'assistant', content });
const system = (content: Message['content']): Message => ({ role: 'system', content });
const refusal = (
  name: string,
  messages: readonly Message[],
  mode: 'chat' | 'completion' = 'chat',
) => refusedMessages(taker(name), messages, mode)?.message ?? null;

describe.each(['anthropic', 'gemini'])('%s', (name) => {
  it('takes system messages in front, of text or parts', () => {
    const messages = [system('a'), system([{ type: 'text', text: 'b', cache_control: {} }])];
    expect(refusal(name, messages)).toBeNull();
    expect(refusal(name, [...messages, user('c'), assistant('d'), user('')])).toBeNull();
  });

  it.each([
    [
      'behind a user message',
      [user('a'), system('b'), user('c')],
      /message 2 .*after the conversation has begun/,
    ],
    [
      'at the end',
      [system('a'), user('b'), system('c')],
      /message 3 .*after the conversation has begun/,
    ],
    [
      'behind one of the developer',
      [{ role: 'developer', content: 'a' }, system('b')],
      /message 2/,
    ],
    ['of parts with a name', [{ ...system([]), name: 'ann' }, user('b')], /message 1 .* has name,/],
    ['with a hostile key', [{ ...system([]), 'x\u001b[2J': 1 }, user('b')], /has x\\x1b\[2J,/],
    ['with a number as its text', [system(1 as never), user('b')], /has no text/],
    ['without a text', [{ role: 'system' } as never, user('b')], /has no text/],
  ])('is told nothing by a system message %s', (_, messages, message) => {
    expect(refusal(name, messages)).toMatch(message);
  });
});

describe('a system message', () => {
  it('may have its text in `parts` for Gemini alone', () => {
    const messages = [{ role: 'system', parts: [{ text: 'a' }] } as never, user('b')];
    expect(refusal('gemini', messages)).toBeNull();
    expect(refusal('anthropic', messages)).toMatch(/has no text/);
  });

  it('may have keys of its block beside its text for Anthropic alone', () => {
    const messages = [{ ...system('a'), cache_control: { type: 'ephemeral' } }, user('b')];
    expect(refusal('anthropic', messages)).toBeNull();
    expect(refusal('gemini', messages)).toMatch(/has cache_control/);
  });

  it.each(['openai', 'openai-responses', 'azure-openai', 'mistral', 'ollama', 'groq'])(
    'may stand anywhere and have a name for %s',
    (name) => {
      expect(refusal(name, [user('a'), { ...system('b'), name: 'ann' }])).toBeNull();
    },
  );
});

describe("a last message of the assistant's", () => {
  it.each([
    ['a word', 'It is', null],
    ['nothing', '', /is empty/],
    ['a space', 'It is ', /ends in white space/],
    ['a line break', 'It is\n', /ends in white space/],
    ['nothing but a space', ' ', /ends in white space/],
    ['no part', [], /is empty/],
    ['a part of text', [{ type: 'text', text: 'It is' }], null],
    ['a part of text and a space', [{ type: 'text', text: 'It is ' }], /ends in white space/],
    [
      'an earlier space',
      [
        { type: 'text', text: 'a ' },
        { type: 'text', text: 'b' },
      ],
      null,
    ],
    ['a part of another kind', [{ type: 'tool_use', id: '1' }], null],
  ])('ends in %s', (_, content, expected) => {
    const said = refusal('anthropic', [user('a'), assistant(content)]);
    if (expected === null) expect(said).toBeNull();
    else expect(said).toMatch(expected);
  });

  it.each(['gemini', 'openai', 'mistral', 'openai-compatible'])(
    'may be anything for %s',
    (name) => {
      expect(refusal(name, [user('a'), assistant('')])).toBeNull();
      expect(refusal(name, [user('a'), assistant('b ')])).toBeNull();
    },
  );
});

describe('a completion', () => {
  it.each(['openai', 'azure-openai', 'openai-compatible', 'vllm'])('is one text for %s', (name) => {
    expect(refusal(name, [user(' a ')], 'completion')).toBeNull();
    expect(refusal(name, [system('')], 'completion')).toBeNull();
    expect(refusal(name, [user('a'), user('b')], 'completion')).toMatch(/2 messages/);
    expect(refusal(name, [user([{ text: 'a' }])], 'completion')).toMatch(/no text/);
    expect(refusal(name, [], 'completion')).toMatch(/0 messages/);
  });

  it('is a chat where the provider has no completions', () => {
    expect(refusal('mistral', [user('a'), user('b')], 'completion')).toBeNull();
  });
});
