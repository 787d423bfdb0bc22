import { defineCommand } from '../../command-line/command.ts';
import { COMPARISON_FILES } from '../../command-line/comparison-options.ts';
import { AGREEMENT_OPTIONS } from './options.ts';

/** `tutti agreement`: how far judges agree, and what leads them astray. */
export const command = defineCommand({
  name: 'agreement',
  summary: 'see how far judges agree, and whether side or length leads them astray',
  description:
    "Krippendorff's alpha, kappas, Gwet's AC1 and percent agreement over units of one prompt and one pair, in " +
    'whatever order it was shown, with intervals over prompts; each judge against the majority of the others; ' +
    'position bias; outlier voters. Of several files, one without a column of judges is one judge.',
  arguments: [COMPARISON_FILES],
  options: AGREEMENT_OPTIONS,
  examples: [
    { line: 'tutti agreement votes.csv', does: 'See how far voters agree' },
    {
      line: 'tutti agreement people.csv gpt-4.csv --json',
      does: 'Compare a model with people, for a program',
    },
    {
      line: 'tutti agreement codings.csv --matrix --distance ordinal',
      does: 'Measure the agreement of raters in a table',
    },
  ],
  async run({ arguments: files, options }, context) {
    const { measureFiles } = await import('./agreement-files.ts');
    return measureFiles(files, options, context);
  },
});
