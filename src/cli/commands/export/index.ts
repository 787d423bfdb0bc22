import { plainLine } from '../../../core/plain-text.ts';
import { TuttiError } from '../../../core/tutti-error.ts';
import { EXPORT_FORMATS } from '../../../experiment/exports/export-format.ts';
import { defineCommand } from '../../command-line/command.ts';
import {
  jsonOption,
  quietOption,
  requestUrlOption,
  trustOption,
  typedOption,
} from '../../command-line/common-options.ts';
import { EXPORT_OPTIONS } from '../../command-line/export-options.ts';
import { valueOption } from '../../command-line/option.ts';
import { path } from '../../command-line/option-values.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { countOf } from '../../render/figures.ts';

const FORMATS = Object.keys(EXPORT_FORMATS).join(', ');

/** `tutti export`: results in the forms of other programs. */
export const command = defineCommand({
  name: 'export',
  summary: 'write results, or an experiment, in another form',
  description:
    'Writes what a run has given, or the rows of an experiment, in the forms that other programs read.',
  arguments: [
    {
      name: 'SOURCE',
      description: "A run's folder, a results file or an experiment; - is standard input",
      required: true,
    },
  ],
  options: {
    ...EXPORT_OPTIONS,
    formats: { ...EXPORT_OPTIONS.formats, description: `Form of the new file: ${FORMATS}` },
    out: valueOption('-o, --out FILE', 'The new file', path, 'beside the results'),
    typed: typedOption,
    requestUrl: requestUrlOption,
    trust: trustOption,
    json: jsonOption,
    quiet: quietOption,
  },
  examples: [
    {
      line: 'tutti export results.jsonl --format csv -o results.csv',
      does: 'Write results as a table',
    },
  ],
  exitCodes: { 0: 'written', 1: null },
  async run({ arguments: [source], options }, context) {
    const { formats, out, excelSafe, typed, requestUrl, trust, json, quiet } = options;
    const { stdout, stderr } = context;
    if (formats.length === 0) {
      throw new TuttiError('bad_usage', 'No form is named', {
        hint: `Name one with --format: ${FORMATS}.`,
      });
    }
    if (out !== undefined && formats.length > 1) {
      throw new TuttiError('bad_usage', 'Several forms cannot go into one file', {
        hint: 'Leave -o out: each form has a file beside the results.',
      });
    }
    const [{ openCommandEngine }, { limitHeapGrowth }] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('../../context/heap-growth.ts'),
    ]);
    limitHeapGrowth();
    await using engine = await openCommandEngine(context, { trust });
    for (const format of formats) {
      const request = { source: source!, out, format, excelSafe, typed, requestUrl };
      const { file, rows } = await engine.exportResults(request);
      if (json) stdout.write(`${JSON.stringify({ format, file, rows })}\n`);
      if (!quiet) stderr.write(`${countOf(rows, 'row')} in ${plainLine(file, 1000)}\n`);
    }
    return EXIT_OK;
  },
});
