import { defineCommand } from '../../command-line/command.ts';
import { parameterObject } from '../../command-line/parameter.ts';
import { usageError } from '../../command-line/usage-error.ts';
import { dedupeRowsOf, OPTIONS } from './map-options.ts';

/** `tutti map`: a table, a template, models: a table. */
export const command = defineCommand({
  name: 'map',
  summary: 'turn a table into a better table: one prompt a row, one or many rows out',
  description:
    'Asks a model about every row of a table (JSON lines, a JSON list, CSV, TSV, Parquet, Arrow; gzipped or not) and writes the table with ' +
    'what came out, texts or typed columns, in the form that came in. Every answer is on disk before it counts: after ' +
    'Ctrl-C or a crash the same command goes on where it stopped. --explode alone works on the file and asks nobody.',
  arguments: [
    {
      name: 'FILE',
      description: 'The table; - is standard input, always a new run',
      required: true,
    },
  ],
  options: OPTIONS,
  examples: [
    {
      line: "tutti map docs.jsonl --prompt 'Summarise: ${text}' --column summary -m openai/gpt-5 -o out.jsonl",
      does: 'A text for each row',
    },
    {
      line: 'tutti map docs.csv -t questions.txt --columns question,answer -m openai/gpt-5',
      does: 'Several rows of two columns for each row',
    },
    {
      line: 'tutti map docs.csv -t rate.liquid --columns "score:integer,label:a|b" --single -m ollama/llama3 --sample 10',
      does: 'See ten answers, and what all would cost',
    },
    {
      line: 'tutti map answers.jsonl --explode items -o rows.csv',
      does: 'Rows of a column of lists; nobody is asked',
    },
  ],
  async run({ arguments: [file], options }, context) {
    const { dryRun, json, quiet, trust, parameters, dedupeRows: dedupe, ...given } = options;
    const dedupeRows = dedupeRowsOf(dedupe);
    if ('problem' in dedupeRows) throw usageError(dedupeRows.problem, 'See tutti map --help.');
    if (json && options.output === '-') {
      throw usageError('--json and -o - both want standard output.', 'Leave one of them out.');
    }
    const clash = options.onlyFailed ? clashOf(options) : null;
    if (clash !== null) throw usageError(clash, 'Leave one of them out.');
    const [{ openCommandEngine }, { limitHeapGrowth }, shown] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('../../context/heap-growth.ts'),
      import('./show-map.ts'),
    ]);
    limitHeapGrowth();
    const request = {
      ...given,
      ...dedupeRows,
      file: file!,
      parameters: parameterObject(parameters),
    };
    await using engine = await openCommandEngine(context, { trust });
    return dryRun
      ? shown.showPlan(engine, request, context, { json })
      : shown.showMap(engine, request, context, { json, quiet, onlyFailed: options.onlyFailed });
  },
});

/** What cannot stand beside `--only-failed`. */
function clashOf({ fresh, dryRun }: { readonly fresh: boolean; readonly dryRun: boolean }) {
  if (fresh) return '--only-failed goes on with a map, and --new begins another one.';
  return dryRun ? '--dry-run counts all rows, and --only-failed asks only some of them.' : null;
}
