import { defineCommand } from '../../command-line/command.ts';
import { PROMPT_ARGUMENT } from '../../command-line/read-prompt.ts';
import { OPTIONS } from './prefer-options.ts';
import { refuseOtherKinds } from './refuse-other-kinds.ts';

/** `tutti prefer`: models rank each other's answers. */
export const command = defineCommand({
  name: 'prefer',
  summary: "let models rank each other's answers without knowing whose they are",
  description:
    'Asks all models the same, then has each of them, or other judges, rank the answers, whose authors are hidden. With --prompts it is a ' +
    'study: a run, whose verdicts rank and agreement read.',
  arguments: [PROMPT_ARGUMENT],
  options: OPTIONS,
  examples: [
    {
      line: 'tutti prefer "Why is the sky dark at night?" -m openai/gpt-5 -m anthropic/claude-sonnet-5',
      does: 'Ask two models, and let each rank both answers',
    },
    {
      line: 'tutti prefer --prompts prompts/ -m openai/gpt-5 -m gemini/gemini-2.5-pro --judge anthropic/claude-sonnet-5 --rounds 2',
      does: 'Ask each prompt of a folder twice, with another judge',
    },
    {
      line: 'tutti prefer "What is 17 * 23?" -m sim/quick -m sim/careful -m sim/member',
      does: 'Try it without a key',
    },
  ],
  exitCodes: { 1: 'an answer or a ranking lacks, or a tally holds malformed verdicts' },
  async run({ arguments: [argument], options }, context) {
    refuseOtherKinds(OPTIONS, options, argument);
    if (options.tally !== undefined) {
      const { tallyStudy } = await import('./tally-study.ts');
      return tallyStudy(options.tally, { json: options.json }, context);
    }
    if (options.prompts !== undefined) {
      const { preferStudy } = await import('./prefer-study.ts');
      return preferStudy({ ...options, prompts: options.prompts }, context);
    }
    const { preferOnce } = await import('./prefer-once.ts');
    return preferOnce(argument, options, context);
  },
});
