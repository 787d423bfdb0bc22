import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption } from '../../command-line/common-options.ts';
import { valueOption } from '../../command-line/option.ts';
import { path } from '../../command-line/option-values.ts';
import { SCORE_OPTIONS } from '../../command-line/score-options.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';

/** `tutti score`: scores for answers that are there already. */
export const command = defineCommand({
  name: 'score',
  summary: 'score the answers of a run, or of a results file; nothing is sent',
  description:
    "Scores answers that are there already and says what the scores tell of the models. The records of a run's folder are written anew; those of a file go into another. Without its own key a record gets that of the scorer, or of the file that is one.",
  arguments: [
    {
      name: 'SOURCE',
      description:
        "A run's folder, or a results file of any form, prompto's too; - is standard input",
      required: true,
    },
  ],
  options: {
    ...SCORE_OPTIONS,
    out: valueOption('-o, --out FILE', 'The new file, JSON lines', path, "the run's own results"),
    json: { ...jsonOption, description: 'Print what the scores tell as one JSON line' },
    quiet: quietOption,
  },
  examples: [
    {
      line: 'tutti score results.jsonl --score match --score length:max=200 -o scored.jsonl',
      does: 'Score results of any program',
    },
    {
      line: 'tutti score tutti-out/prompts/2026-01-31T10-00-00Z --score ./my-scorer.ts --threshold my-scorer=0.8',
      does: 'Score a run by code of your own; exit code 1 below 0.8',
    },
  ],
  exitCodes: { 0: 'scored', 1: 'a mean is below its threshold' },
  async run({ arguments: [source], options }, context) {
    const { json, quiet, ...request } = options;
    const { stdout, stderr } = context;
    const [{ openCommandEngine }, { limitHeapGrowth }, ...render] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('../../context/heap-growth.ts'),
      import('../../render/score-tables.ts'),
      import('../../render/removed-files.ts'),
      import('../../render/text-table.ts'),
    ]);
    const [{ renderScores }, { renderRemoved }, { tableWidth }] = render;
    limitHeapGrowth();
    await using engine = await openCommandEngine(context);
    const scored = await engine.scoreResults({ ...request, source: source! });
    if (!quiet) {
      stderr.write(renderScores(scored, tableWidth(stderr)));
      stderr.write(renderRemoved(scored));
      stderr.write(`results  ${plainLine(scored.file, 1000)}\n`);
    }
    if (json) stdout.write(`${JSON.stringify(scored)}\n`);
    return scored.thresholds?.some(({ isMet }) => !isMet) ? EXIT_SOME_FAILED : EXIT_OK;
  },
});
