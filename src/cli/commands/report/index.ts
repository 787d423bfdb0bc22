import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption } from '../../command-line/common-options.ts';
import { valueOption } from '../../command-line/option.ts';
import { countFrom, path } from '../../command-line/option-values.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { countOf, countText } from '../../render/figures.ts';

/** `tutti report`: a run as one page. */
export const command = defineCommand({
  name: 'report',
  summary: 'make one HTML page of a run',
  description:
    'Writes one HTML file that any browser opens without a network: what each model did, latencies and tokens, scores, ' +
    'errors, and answers side by side. Nothing of an answer is run.',
  arguments: [
    {
      name: 'SOURCE',
      description: "A run's folder, or a results file; - is standard input",
      required: true,
    },
  ],
  options: {
    out: valueOption(
      '-o, --out FILE',
      'The page; - is standard output',
      path,
      'report.html in the folder, NAME.report.html beside a file',
    ),
    rows: valueOption(
      '--rows N',
      'Most rows of which texts are shown, and as many failed ones besides: 0 to 10000',
      countFrom(0, 10_000),
      '1000',
    ),
    json: jsonOption,
    quiet: quietOption,
  },
  examples: [
    {
      line: 'tutti report tutti-out/quickstart/2026-11-21T10-03-22Z',
      does: 'Write report.html into the folder of a run',
    },
    { line: 'tutti report results.jsonl -o report.html', does: 'Make a page of a file of results' },
  ],
  exitCodes: { 0: 'written', 1: null },
  async run({ arguments: [source], options: { out, rows, json, quiet } }, context) {
    const [{ openCommandEngine }, { limitHeapGrowth }, { renderReport }] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('../../context/heap-growth.ts'),
      import('./report-page.ts'),
    ]);
    limitHeapGrowth();
    await using engine = await openCommandEngine(context);
    const toOutput = out === '-';
    const { report, file } = await engine.reportRun({ source: source!, out, rows });
    const page = renderReport(report);
    const bytes = Buffer.byteLength(page);
    if (toOutput) {
      context.stdout.write(page);
      return EXIT_OK;
    }
    await engine.writeReport(file, page);
    const { total, shown } = report;
    if (json) {
      const told = { file, bytes, rows: total.rows, shownRows: shown.rows };
      context.stdout.write(`${JSON.stringify(told)}\n`);
    }
    if (!quiet) {
      const some =
        shown.rows < total.rows ? `, ${countText(shown.rows)} of them with their texts,` : '';
      context.stderr.write(
        `${countOf(total.rows, 'row')}${some} in ${plainLine(file, 1000)} (${sizeText(bytes)})\n`,
      );
    }
    return EXIT_OK;
  },
});

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
