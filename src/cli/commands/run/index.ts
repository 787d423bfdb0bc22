import { defineCommand } from '../../command-line/command.ts';
import { judgingOf } from '../../command-line/judge-options.ts';
import { rephrasingOf } from '../../command-line/rephrase-options.ts';
import { rowFilling } from '../../command-line/run-flags.ts';
import { usageError } from '../../command-line/usage-error.ts';
import { OPTIONS } from './run-options.ts';

/** `tutti run`: an experiment file, all lanes in parallel, resumable. */
export const command = defineCommand({
  name: 'run',
  summary: 'run an experiment file: all calls, all models in parallel, resumable',
  description:
    'Sends every row of an experiment (JSON lines, CSV, TSV, Parquet, a text file of prompts; gzipped or not) to its model or to those of -m, each lane as fast as its limits allow. Every answer is ' +
    'on disk before it counts: after Ctrl-C or a crash the same command goes on where it stopped.',
  arguments: [
    {
      name: 'FILE',
      description:
        'Experiment: JSON lines, a table or a text of prompts; - is standard input, always a new run; the folder of a run goes on with it',
      required: false,
      repeatable: true,
    },
  ],
  options: OPTIONS,
  examples: [
    { line: 'tutti run prompts.jsonl', does: 'Run an experiment, or go on with it' },
    {
      line: 'tutti run prompts.jsonl --rpm 500 --tpm 200000 --limit 100',
      does: 'Run the first 100 rows within limits',
    },
    {
      line: 'tutti run prompts.txt -m openai/gpt-5 -m anthropic/claude-sonnet-5 -n 3',
      does: 'Ask two models each line of a text, three times',
    },
    {
      line: 'tutti run prompts.jsonl --dry-run',
      does: 'See calls, lanes and tokens before anything is sent',
    },
    {
      line: 'tutti run --only-failed tutti-out/prompts/2026-01-31T10-00-00Z',
      does: 'Ask what has failed in a run once more',
    },
    {
      line: 'tutti run prompts.jsonl --score match --threshold match=0.8',
      does: 'Score the answers, too; exit code 1 if a model is below 0.8',
    },
    {
      line: 'tutti run tutti-out/prompts/2026-01-31T10-00-00Z --finish',
      does: 'Read what a run has that was killed',
    },
  ],
  async run({ arguments: files, options }, context) {
    const { dryRun, finish, json, quiet, trust, prompts, ...given } = options;
    const request = {
      ...given,
      ...rowFilling(options),
      judging: judgingOf(given),
      rephrasing: rephrasingOf(given),
    };
    if (files.length === 0 && prompts === undefined) {
      throw usageError('There is no experiment.', 'Name its file, or a folder with --prompts.');
    }
    const [{ openCommandEngine }, runFiles] = await Promise.all([
      import('../../context/open-command-engine.ts'),
      import('./run-files.ts'),
    ]);
    if (finish || options.onlyFailed) {
      const { refuseForFinish, refuseForOnlyFailed } = await import('./refuse-new-run.ts');
      if (finish) refuseForFinish(OPTIONS, options);
      else refuseForOnlyFailed(OPTIONS, options);
    }
    await using engine = await openCommandEngine(context, { trust });
    if (finish) {
      const { resume, formats, excelSafe, scores, thresholds, unit, compare } = request;
      const scoring = { scores, thresholds, unit, compare };
      const how = { json, quiet, resume, formats, excelSafe, ...scoring };
      return runFiles.finishFolders(engine, files, context, how);
    }
    const requests = [
      ...files.map((file) => ({ ...request, file })),
      ...(prompts === undefined ? [] : [{ ...request, file: prompts, promptFolder: true }]),
    ];
    if (given.onlyRephrase && request.rephrasing === undefined) {
      throw usageError(
        '--only-rephrase without --rephrase: nobody is asked.',
        'Name a model with --rephrase.',
      );
    }
    if (dryRun) return runFiles.showPlans(engine, requests, context, json);
    const { onlyFailed } = options;
    return runFiles.runFiles(engine, requests, context, { json, quiet, onlyFailed });
  },
});
