import { expect, it } from 'vitest';
import { LEAK_WORDS, namesOfModel } from './maker-names.ts';

it('the usual list of leaks is the one that comparisons were always cleaned by', () => {
  expect([...LEAK_WORDS].sort()).toEqual(
    [
      'vicuna lmsys koala chatglm chatgpt gpt-4 openai anthropic claude bard palm lamda google gemini',
      'llama qianwan qwen alibaba mistral zhipu 01.ai ai2 tülu tulu deepseek hermes cohere dbrx',
      'databricks laion',
    ]
      .join(' ')
      .split(' ')
      .concat(['uc berkeley', 'open assistant', 'keg lab'])
      .sort(),
  );
});

it('names each of a model once, its own first', () => {
  expect(namesOfModel('cohere/command-r', { alias: 'command-r', modelId: 'command-r' })).toEqual([
    'cohere/command-r',
    'command-r',
    'cohere',
    'Cohere Command',
  ]);
  expect(namesOfModel('sim/quick')).toEqual(['sim/quick', 'quick']);
  expect(namesOfModel('constructor/__proto__')).toEqual(['constructor/__proto__', '__proto__']);
});
