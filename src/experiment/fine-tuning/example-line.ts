import type { Example } from './example.ts';
import type { FineTuningFormat } from './fine-tuning-format.ts';

/** Writes an example as the line of a file, without its end. */
export function exampleLine(example: Example, format: FineTuningFormat): string {
  return JSON.stringify(LINES[format](example));
}

const LINES: Readonly<Record<FineTuningFormat, (example: Example) => object>> = {
  'openai-chat': ({ system, prompt, completion }) => ({
    messages: [...asked(system, prompt), message('assistant', completion)],
  }),
  anthropic: ({ system, prompt, completion }) => ({
    ...(system !== null && { system }),
    messages: [message('user', prompt), message('assistant', completion)],
  }),
  gemini: ({ system, prompt, completion }) => ({
    ...(system !== null && { systemInstruction: content('system', system) }),
    contents: [content('user', prompt), content('model', completion)],
  }),
  sharegpt: ({ system, prompt, completion }) => ({
    conversations: [
      ...(system === null ? [] : [{ from: 'system', value: system }]),
      { from: 'human', value: prompt },
      { from: 'gpt', value: completion },
    ],
  }),
  // What is always asked is the instruction; what it is about, the input.
  alpaca: ({ system, prompt, completion }) =>
    system === null
      ? { instruction: prompt, input: '', output: completion }
      : { instruction: system, input: prompt, output: completion },
  dpo: ({ prompt, completion, rejected }) => ({ prompt, chosen: completion, rejected }),
  'openai-dpo': ({ system, prompt, completion, rejected }) => ({
    input: { messages: asked(system, prompt) },
    preferred_output: [message('assistant', completion)],
    non_preferred_output: [message('assistant', rejected!)],
  }),
};

function asked(system: string | null, prompt: string): readonly object[] {
  return [...(system === null ? [] : [message('system', system)]), message('user', prompt)];
}

function message(role: string, text: string): object {
  return { role, content: text };
}

function content(role: string, text: string): object {
  return { role, parts: [{ text }] };
}
