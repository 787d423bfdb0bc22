import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesOfModel } from '../core/maker-names.ts';
import { maskNames } from './mask-names.ts';

const masked = (text: string, ...names: string[]) => maskNames(text, names).text;

describe('masking names', () => {
  it.each(['я', '１', 'ا', 'e\u0301'])(
    'stand in an answer that repeats %j without end',
    (letter) => {
      const text = `${letter.repeat(6_000_000 / letter.length)} GPT-4`;
      expect(maskNames(text, ['gpt-4']).masked).toBe(1);
    },
  );

  it('counts them, and leaves everything else as it is', () => {
    expect(maskNames('I am Claude,\n by  Anthropic.', ['claude', 'Anthropic'])).toEqual({
      text: 'I am [model],\n by  [model].',
      masked: 2,
    });
    expect(maskNames('nobody', ['claude'])).toEqual({ text: 'nobody', masked: 0 });
    expect(maskNames('anything', [])).toEqual({ text: 'anything', masked: 0 });
  });

  it.each([
    'Claude',
    'CLAUDE',
    'claude',
    'Cláude',
    'Ｃｌａｕｄｅ',
    'Cl\u200baude',
    'C\u00adlaude',
    '𝐂𝐥𝐚𝐮𝐝𝐞',
    'claude-3-5-sonnet-20241022',
    'Claude 3.5 Sonnet',
    'Claude_3',
    'Claude3',
    'Claude 4 Opus',
  ])('finds a name however it is written: %s', (written) => {
    expect(masked(`I am ${written}, hello`, 'claude')).toBe('I am [model], hello');
  });

  it.each(['GPT-4', 'gpt-4', 'GPT 4', 'gpt_4', 'GPT4', 'GPT‑4', 'GPT–4', 'GPT.4'])(
    'takes any joint between the parts of a name: %s',
    (written) => {
      expect(masked(`As ${written} I`, 'gpt-4')).toBe('As [model] I');
    },
  );

  it.each([
    ["Claude's view", "[model]'s view"],
    ['_Claude_ and **Claude**', '_[model]_ and **[model]**'],
    ['(Claude)', '([model])'],
    ['Claudette met Claudes, unclaude', 'Claudette met Claudes, unclaude'],
    ['a Claude-like style', 'a [model]-like style'],
    ['Claude 3 people', '[model] 3 people'],
    ['Claude. 3 people', '[model]. 3 people'],
    ['Claude\n4 Turbo', '[model]\n4 Turbo'],
    ['我是Claude。저는 Claude입니다', '我是[model]。저는 [model]입니다'],
  ])('takes whole words: %s', (text, expected) => {
    expect(masked(text, 'claude')).toBe(expected);
  });

  it('takes the longest name', () => {
    expect(masked('Mistral AI made Mistral', 'mistral', 'Mistral AI')).toBe('[model] made [model]');
    expect(masked('GPT-4o mini is not GPT-4', 'gpt', 'gpt-4')).toBe('[model] is not [model]');
    expect(masked('gpt-4o', 'gpt-4')).toBe('gpt-4o');
  });

  it('finds names of several words, addresses and names of other scripts', () => {
    expect(masked('the UC\nBerkeley way', 'uc berkeley')).toBe('the [model] way');
    expect(masked('see http://localhost:1/v1#m-2!', 'http://localhost:1/v1#m-2')).toBe(
      'see [model]!',
    );
    expect(masked('我是通义千问，', '通义千问')).toBe('我是[model]，');
    expect(masked('Tülu, tulu', 'tülu')).toBe('[model], [model]');
  });

  it('passes over names that are hardly any', () => {
    for (const name of ['', ' ', 'a', '-', '…']) expect(masked('a - b …', name)).toBe('a - b …');
  });

  it('takes no name for a pattern, and no property of objects for a name', () => {
    expect(masked('abc a.c', 'a.c')).toBe('abc [model]');
    expect(masked('constructor __proto__ toString', 'claude')).toBe(
      'constructor __proto__ toString',
    );
    expect(masked('x __proto__ y', '__proto__')).toBe('x __[model]__ y');
  });

  it('changes nothing but names, whatever the text', () => {
    const names = ['claude', 'GPT-4', 'gpt', '通义千问'];
    const piece = fc.oneof(
      fc.constantFrom('Claude', 'GPT-4o', 'gpt', ' ', '-', '3', '.', '5', 'Opus', '\u200b', '通'),
      fc.string({ unit: 'binary', maxLength: 5 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('').replaceAll('[model]', '');
        const { text: shown, masked: count } = maskNames(text, names);
        const kept = shown.split('[model]');
        expect(kept).toHaveLength(count + 1);
        // What is kept stands in the text in this order; what is gone begins with a name.
        let at = 0;
        for (const [index, part] of kept.entries()) {
          const found = index === 0 ? 0 : text.indexOf(part, at);
          expect(text.slice(found, found + part.length)).toBe(part);
          at = found + part.length;
        }
        expect(text.endsWith(kept.at(-1)!)).toBe(true);
        // Once masked, there is none left.
        expect(maskNames(kept.join(' [ ] '), ['claude']).masked).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});

describe("what gives a model's answer away", () => {
  const shown = (reference: string, text: string, options = {}) =>
    maskNames(text, namesOfModel(reference, options)).text;

  it('is its reference, id, alias, and the words of its maker and family', () => {
    const text =
      'openai/gpt-5.4-mini, gpt-5.4-mini, GPT-5, ChatGPT by OpenAI (my_alias) and Claude';
    expect(shown('openai/gpt-5.4-mini', text, { alias: 'my_alias' })).toBe(
      '[model], [model], [model], [model] by [model] ([model]) and Claude',
    );
  });

  it.each([
    [
      'gemini/gemini-3-flash',
      'I am Gemini 3 Flash by Google DeepMind',
      'I am [model] by [model] [model]',
    ],
    ['openrouter/anthropic/claude-sonnet-4', 'claude-sonnet-4, Claude', '[model], [model]'],
    ['http://127.0.0.1:1/v1#Qwen/Qwen2.5-7B', 'Qwen2.5-7B of Alibaba Cloud', '[model] of [model]'],
    ['ollama/llama3:8b', 'I am Llama, made by Meta AI', 'I am [model], made by [model]'],
    ['groq/deepseek-r1-distill-llama-70b', 'DeepSeek or Llama', '[model] or [model]'],
    ['azure/my-deployment', 'ChatGPT', '[model]'],
    ['openai/o3', 'o3 and option 3', '[model] and option 3'],
  ])('is known by the reference %s', (reference, text, expected) => {
    expect(shown(reference, text)).toBe(expected);
  });

  it('is no ordinary word that the prompt itself has', () => {
    const text = 'A llama is an animal. Llama 3 is a model.';
    expect(shown('ollama/llama3', text)).toBe('A [model] is an animal. [model] is a model.');
    expect(shown('ollama/llama3', text, { prompt: 'What is a llama?' })).toBe(
      'A llama is an animal. [model] is a model.',
    );
    expect(shown('sim/quick', 'quick', { prompt: 'The quick fox' })).toBe('quick');
    expect(shown('anthropic/claude-4', 'Claude', { prompt: 'Who is Claude?' })).toBe('[model]');
  });

  it('is no word that hardly ever is a name', () => {
    const text = 'a command, an opus, a flash, phi, meta, titan';
    for (const model of ['cohere/command-r', 'anthropic/claude-opus-4', 'gemini/gemini-2-flash']) {
      expect(shown(model, text)).toBe(text);
    }
  });
});
