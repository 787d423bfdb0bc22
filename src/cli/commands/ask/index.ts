import { defineCommand } from '../../command-line/command.ts';
import { PROMPT_ARGUMENT } from '../../command-line/read-prompt.ts';
import { ASK_OPTIONS } from './ask-options.ts';

/** `tutti ask`: the same prompt to all models at once. */
export const command = defineCommand({
  name: 'ask',
  summary: 'ask several models the same question at once',
  description:
    'Asks all models at the same time and shows their answers as they come, with time, tokens and cost of each. ' +
    'A model that fails does not stop the others.',
  arguments: [PROMPT_ARGUMENT],
  options: ASK_OPTIONS,
  examples: [
    {
      line: 'tutti ask "Why is the sky dark at night?" -m openai/gpt-5 -m anthropic/claude-sonnet-5',
      does: 'Ask two models',
    },
    {
      line: 'cat notes.txt | tutti ask "Sum this up." -m http://localhost:11434/v1#qwen3',
      does: 'Ask a server on this machine about a text',
    },
    {
      line: 'tutti ask "What is 17 * 23?" -m sim/quick -m sim/careful',
      does: 'Try it without a key',
    },
  ],
  async run({ arguments: [argument], options }, context) {
    const { askPrompt } = await import('./ask-prompt.ts');
    return askPrompt(argument, options, context);
  },
});
