import { plainLine } from '../../../core/plain-text.ts';
import { defineCommand } from '../../command-line/command.ts';
import {
  jsonOption,
  quietOption,
  trustOption,
  typedOption,
} from '../../command-line/common-options.ts';
import { EXPORT_OPTIONS } from '../../command-line/export-options.ts';
import { JUDGE_OPTIONS, judgingOf } from '../../command-line/judge-options.ts';
import { valueOption } from '../../command-line/option.ts';
import { path } from '../../command-line/option-values.ts';
import { UNNAMED_RUN_OPTIONS } from '../../command-line/run-flags.ts';
import { usageError } from '../../command-line/usage-error.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { countOf } from '../../render/figures.ts';
import { renderNotices } from '../../render/notices.ts';

/** `tutti judge`: models judge the answers of a run. */
export const command = defineCommand({
  name: 'judge',
  summary: 'let models judge the answers of a run: scores, labels, or texts',
  description:
    'Asks judges about every answer of a run, for each judge and each template. With --verdict each must give a score or a ' +
    'label, and is asked once more where its reply has none; nothing that an answer says is taken for a verdict. It is a run of its own: ' +
    'after Ctrl-C or a crash the same command goes on.',
  arguments: [
    {
      name: 'SOURCE',
      description: 'The folder of a run, or a file of its records',
      required: true,
    },
  ],
  options: {
    ...JUDGE_OPTIONS,
    writeOnly: valueOption(
      '--write-only FILE',
      'Write the rows that would ask judges as an experiment; send nothing',
      path,
    ),
    ...UNNAMED_RUN_OPTIONS,
    typed: typedOption,
    ...EXPORT_OPTIONS,
    json: { ...jsonOption, description: 'Print the totals as one JSON line' },
    quiet: quietOption,
    trust: trustOption,
  },
  examples: [
    {
      line: 'tutti judge tutti-out/prompts/2026-01-31T10-00-00Z --judge openai/gpt-5 --judge-template quality.txt --verdict score:1-5',
      does: 'Score every answer from 1 to 5',
    },
    {
      line: 'tutti judge results.jsonl --judge-folder judge --judge gpt-4o --write-only judge-rows.jsonl',
      does: 'See what would be asked',
    },
  ],
  async run({ arguments: [file], options }, context) {
    const { json, quiet, trust, writeOnly, ...given } = options;
    const judging = judgingOf(given);
    if (judging === undefined) throw usageError('No judge is named.', 'Name one with --judge.');
    const [{ openCommandEngine }, { limitHeapGrowth }, { showPreparedRun }] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('../../context/heap-growth.ts'),
      import('../../render/show-prepared-run.ts'),
    ]);
    limitHeapGrowth();
    await using engine = await openCommandEngine(context, { trust });
    const request = { ...given, judging, file: file! };
    if (writeOnly === undefined) {
      const run = await engine.prepareJudge(request);
      return (await showPreparedRun(run, context, { json, quiet })).code;
    }
    const { rows, notices } = await engine.writeJudgeRows(request, writeOnly);
    if (json) context.stdout.write(`${JSON.stringify({ file: writeOnly, rows })}\n`);
    if (!quiet) {
      context.stderr.write(renderNotices(notices));
      const shown = plainLine(writeOnly, 1000);
      context.stderr.write(`${countOf(rows, 'row')} in ${shown}; nothing was sent\n`);
    }
    return EXIT_OK;
  },
});
