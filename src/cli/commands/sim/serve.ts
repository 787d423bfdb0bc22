import { defineCommand } from '../../command-line/command.ts';
import { jsonOption } from '../../command-line/common-options.ts';
import { anyText, repeatedOption, valueOption } from '../../command-line/option.ts';
import { countFrom, name, path } from '../../command-line/option-values.ts';

/** `tutti sim` and `tutti sim serve`: simulated endpoints on loopback. */
export const serveCommand = defineCommand({
  name: 'sim serve',
  summary: 'start simulated endpoints on this machine',
  description:
    'Starts endpoints that speak the protocols of OpenAI, Anthropic, Gemini, Azure OpenAI and Ollama on 127.0.0.1, with the latency, limits and faults that you choose, until Ctrl-C. No model is behind them. JSON and embeddings are answered where they are asked for; a model named member?skill=0.7&correlation=0.3 or judge?bias=0.8 plays in panels.',
  arguments: [],
  options: {
    port: valueOption(
      '--port N',
      'Port, 0 to 65535; 0 is any free one',
      countFrom(0, 65_535),
      '4010',
    ),
    latency: valueOption(
      '--latency TIME',
      'Time of an answer: 200ms, 50-300ms, or lognormal(400ms,0.5)',
      anyText,
      'none',
    ),
    requestsPerMinute: valueOption(
      '--rpm N',
      'Requests a minute of all models together',
      countFrom(1),
      'no limit',
    ),
    tokensPerMinute: valueOption(
      '--tpm N',
      'Tokens a minute of all models together',
      countFrom(1),
      'no limit',
    ),
    concurrency: valueOption(
      '--concurrency N',
      'Calls at once of all models together',
      countFrom(1),
      'no limit',
    ),
    faults: repeatedOption(
      '--fault FAULT',
      'Fault with its share, such as 500=5%, reset=2%, hang@10-12, mixed=10%, broken-json=20%, no-json-schema or context-length=4096',
      anyText,
    ),
    models: repeatedOption('--model NAME', 'A model that exists; without it every name does', name),
    seed: valueOption('--seed N', 'Seed of latencies and faults', countFrom(0), '1'),
    log: valueOption('--log FILE', 'Append every request to a JSONL file', path),
    json: { ...jsonOption, description: 'Print one JSON line when ready, and nothing else' },
  },
  examples: [
    {
      line: 'tutti sim --latency 50-300ms --rpm 600 --fault mixed=5%',
      does: 'Rehearse limits and faults',
    },
    {
      line: 'tutti sim --port 0 --json --log requests.jsonl',
      does: 'Start on any free port, for a program, and keep what is received',
    },
  ],
  exitCodes: { 0: 'ended by Ctrl-C', 1: null, 130: null },
  async run({ options }, context) {
    const { serveSim } = await import('./serve-sim.ts');
    return serveSim(options, context);
  },
});
