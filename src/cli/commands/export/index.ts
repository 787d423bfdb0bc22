import { plainLine } from '../../../core/plain-text.ts';
import { TuttiError } from '../../../core/tutti-error.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../../experiment/exports/export-format.ts';
import {
  FINE_TUNING_FORMATS,
  type FineTuningFormat,
  isFineTuningFormat,
} from '../../../experiment/fine-tuning/fine-tuning-format.ts';
import { defineCommand } from '../../command-line/command.ts';
import {
  jsonOption,
  quietOption,
  requestUrlOption,
  trustOption,
  typedOption,
} from '../../command-line/common-options.ts';
import { EXPORT_OPTIONS } from '../../command-line/export-options.ts';
import { repeatedOption, valueOption } from '../../command-line/option.ts';
import { oneOf, path } from '../../command-line/option-values.ts';
import { EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { countOf } from '../../render/figures.ts';
import { FINE_TUNING_OPTIONS } from './fine-tuning-options.ts';
import { refuseOtherForms } from './refuse-other-forms.ts';

const ALL_FORMATS = [
  ...(Object.keys(EXPORT_FORMATS) as ExportFormat[]),
  ...(Object.keys(FINE_TUNING_FORMATS) as FineTuningFormat[]),
];
const FORMATS = ALL_FORMATS.join(', ');

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
    formats: repeatedOption(
      '--format FORMAT',
      `Form of the new file: ${FORMATS}`,
      oneOf<ExportFormat | FineTuningFormat>(ALL_FORMATS),
    ),
    out: valueOption(
      '-o, --out FILE',
      'The new file; for fine-tuning what its name begins with: FILE.jsonl',
      path,
      'beside the results',
    ),
    ...FINE_TUNING_OPTIONS,
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
    {
      line: 'tutti export rows.csv --format openai-chat --prompt question --completion answer --validation 0.1 -o train',
      does: 'Write train.jsonl and train.validation.jsonl for fine-tuning',
    },
  ],
  exitCodes: { 0: 'written', 1: 'rows are no examples for fine-tuning' },
  async run({ arguments: [source], options }, context) {
    const { formats, out, excelSafe, typed, requestUrl, trust, json, quiet, ...forTuning } =
      options;
    const { stdout, stderr } = context;
    if (formats.length === 0) {
      throw new TuttiError('bad_usage', 'No form is named', {
        hint: `Name one with --format: ${FORMATS}.`,
      });
    }
    refuseOtherForms(formats, options);
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
    let isWhole = true;
    for (const format of formats) {
      if (isFineTuningFormat(format)) {
        const { renderExamples, renderExamplesJson } = await import('./show-examples.ts');
        const given = { ...forTuning, source: source!, out, format };
        const written = await engine.exportExamples(given);
        const isEstimated = forTuning.tokenizer === undefined;
        if (json) stdout.write(renderExamplesJson(format, written, isEstimated));
        if (!quiet) stderr.write(renderExamples(written, { isEstimated, drop: forTuning.drop }));
        isWhole &&= written.wrong === 0 || forTuning.drop;
        continue;
      }
      const request = { source: source!, out, format, excelSafe, typed, requestUrl };
      const { file, rows } = await engine.exportResults(request);
      if (json) stdout.write(`${JSON.stringify({ format, file, rows })}\n`);
      if (!quiet) stderr.write(`${countOf(rows, 'row')} in ${plainLine(file, 1000)}\n`);
    }
    return isWhole ? EXIT_OK : EXIT_SOME_FAILED;
  },
});
