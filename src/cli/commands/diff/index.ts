import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption } from '../../command-line/common-options.ts';
import { onceOption, switchOption, valueOption } from '../../command-line/option.ts';
import { countFrom, name, path } from '../../command-line/option-values.ts';
import { usageError } from '../../command-line/usage-error.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { tableWidth } from '../../render/text-table.ts';

/** `tutti diff`: two runs compared, or what an experiment still lacks. */
export const command = defineCommand({
  name: 'diff',
  summary: 'compare two runs, or write the rows that have no answer yet',
  description:
    'Compares answers, errors, costs and numbers (scores) of two runs, row by row: by id, and by id and model where an id stands more than once. ' +
    'With --missing, writes the rows of experiment A that have no answer in results B.',
  arguments: [
    {
      name: 'A',
      description: "A run's folder, a results file or an experiment",
      required: true,
    },
    { name: 'B', description: 'What it is compared with', required: true },
  ],
  options: {
    id: valueOption('--id KEY', 'Key of the rows by which they are found', name, 'id'),
    missing: switchOption(
      '--missing',
      'Write the rows of A that have no answer in B, or a failed one, into the file of -o, verbatim',
    ),
    out: onceOption('-o, --out FILE', 'The new file of --missing', path),
    show: valueOption('--show N', 'Differences to show, at most', countFrom(0, 10_000), '10'),
    json: jsonOption,
    quiet: quietOption,
  },
  examples: [
    {
      line: 'tutti diff tutti-out/a/2026-01-31T10-00-00Z tutti-out/a/2026-02-01T10-00-00Z',
      does: 'Compare two runs',
    },
    {
      line: 'tutti diff prompts.jsonl results.jsonl --missing -o rest.jsonl',
      does: 'Write the prompts that have no answer yet',
    },
  ],
  exitCodes: { 0: 'compared, or written', 1: null },
  async run({ arguments: [a = '', b = ''], options }, context) {
    const { id, missing, out, show, json, quiet } = options;
    if (missing && out === undefined) {
      throw usageError('--missing needs a new file.', 'Name it with -o.');
    }
    if (!missing && out !== undefined) {
      throw usageError('-o has a meaning only with --missing.', 'Use --json > FILE.');
    }
    const [{ openCommandEngine }, { limitHeapGrowth }, views] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('../../context/heap-growth.ts'),
      import('./comparison-view.ts'),
    ]);
    limitHeapGrowth();
    const { stdout, stderr } = context;
    await using engine = await openCommandEngine(context);
    if (out !== undefined) {
      const found = await engine.missingRows({ input: a, results: b, out, idKey: id });
      if (json) stdout.write(`${JSON.stringify({ ...found, file: out })}\n`);
      if (!quiet) stderr.write(views.renderMissing(found, out));
      return EXIT_OK;
    }
    const comparison = await engine.diffResults({ a, b, idKey: id, most: show });
    if (!quiet && comparison.compared === 0) {
      stderr.write(
        `No row of A was found in B by ${plainLine(id ?? 'id', 100)}; --id names another key, such as --id prompt.\n`,
      );
    }
    if (json) stdout.write(`${JSON.stringify(comparison)}\n`);
    else stdout.write(views.renderComparison(comparison, { a, b, width: tableWidth(stdout) }));
    return EXIT_OK;
  },
});
