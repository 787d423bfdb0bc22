import { defineCommand } from '../../command-line/command.ts';
import { jsonOption, quietOption, trustOption } from '../../command-line/common-options.ts';
import { switchOption, valueOption } from '../../command-line/option.ts';
import { countFrom, durationMs, path } from '../../command-line/option-values.ts';

/** `tutti run`: an experiment file, all lanes in parallel, resumable. */
export const command = defineCommand({
  name: 'run',
  summary: 'run an experiment file: all calls, all models in parallel, resumable',
  description:
    'Sends every line of an experiment (JSONL) to its model, each lane as fast as its limits allow. Every answer is ' +
    'on disk before it counts: after Ctrl-C or a crash the same command goes on where it stopped.',
  arguments: [
    {
      name: 'FILE',
      description: 'Experiment with one JSON object a line; - is standard input',
      required: true,
      repeatable: true,
    },
  ],
  options: {
    out: valueOption('-o, --out DIR', 'Folder for the results', path, './tutti-out'),
    requestsPerMinute: valueOption(
      '--rpm N',
      'Requests a minute in one lane, at least 1',
      countFrom(1),
      'no limit',
    ),
    tokensPerMinute: valueOption(
      '--tpm N',
      'Input and output tokens a minute in one lane, at least 1',
      countFrom(1),
      'no limit',
    ),
    concurrency: valueOption(
      '--concurrency N',
      'Calls in flight at once in one lane, 1 to 100000',
      countFrom(1, 100_000),
      '64',
    ),
    limitsFile: valueOption(
      '--limits FILE',
      "Limits by endpoint, model or group, also in prompto's form",
      path,
    ),
    attempts: valueOption(
      '--attempts N',
      'Tries before a call counts as failed, 1 to 1000',
      countFrom(1, 1000),
      '5',
    ),
    timeoutMs: valueOption(
      '--timeout TIME',
      'Time for one attempt: 30 (seconds), 5s, 500ms, 2m; at most 24h',
      durationMs,
      '300 s',
    ),
    limit: valueOption('--limit N', 'Only the first N rows', countFrom(1), 'all'),
    fresh: switchOption('--new', 'Begin a new run instead of going on with one'),
    skipInvalid: switchOption(
      '--skip-invalid',
      'Leave malformed lines out and list them in failed.jsonl',
    ),
    dryRun: switchOption('--dry-run', 'Say what would be done; send nothing'),
    json: { ...jsonOption, description: 'Print the totals as one JSON line for each file' },
    quiet: quietOption,
    trust: trustOption,
  },
  examples: [
    { line: 'tutti run prompts.jsonl', does: 'Run an experiment, or go on with it' },
    {
      line: 'tutti run prompts.jsonl --rpm 500 --tpm 200000 --limit 100',
      does: 'Run the first 100 rows within limits',
    },
    {
      line: 'tutti run prompts.jsonl --dry-run',
      does: 'See calls, lanes and tokens before anything is sent',
    },
  ],
  async run({ arguments: files, options }, context) {
    const { dryRun, json, quiet, trust, ...wishes } = options;
    const [{ openCommandEngine }, runFiles] = await Promise.all([
      import('../../open-command-engine.ts'),
      import('./run-files.ts'),
    ]);
    await using engine = await openCommandEngine(context, { trust });
    const requests = files.map((file) => ({ ...wishes, file }));
    if (dryRun) return runFiles.showPlans(engine, requests, context, json);
    return runFiles.runFiles(engine, requests, context, { json, quiet });
  },
});
