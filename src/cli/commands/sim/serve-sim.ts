import { resolve } from 'node:path';
import {
  parseFaults,
  parseLatency,
  type Sim,
  type SimOptions,
  startSim,
} from '../../../sim/index.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_OK } from '../../context/exit-code.ts';
import { renderSimReady, type SimAddresses } from './sim-ready.ts';

/** What was asked of simulated endpoints. */
export interface SimServerOptions {
  readonly port: number | undefined;
  readonly latency: string | undefined;
  readonly requestsPerMinute: number | undefined;
  readonly tokensPerMinute: number | undefined;
  readonly concurrency: number | undefined;
  readonly faults: readonly string[];
  readonly models: readonly string[];
  readonly seed: number | undefined;
  readonly log: string | undefined;
  readonly json: boolean;
}

const USUAL_PORT = 4010;

/** Starts simulated endpoints, says how to use them, and serves until the first signal. */
export async function serveSim(options: SimServerOptions, context: CliContext): Promise<number> {
  const { stdout, stderr, workingFolder } = context;
  const sim = await startSim(simOptions(options, workingFolder));
  const { drain } = context.listenToInterrupts();
  const addresses = addressesOf(sim);
  if (options.json)
    stdout.write(`${JSON.stringify({ url: sim.url, port: sim.port, ...addresses })}\n`);
  else stdout.write(renderSimReady(sim.url, addresses, options.models[0] ?? 'any-name'));
  if (!drain.aborted) {
    await new Promise<void>((done) => {
      drain.addEventListener('abort', () => done(), { once: true });
    });
  }
  await sim.close();
  if (!options.json) stderr.write('Ended.\n');
  return EXIT_OK;
}

/** What was not given is left to the endpoints. */
function simOptions(options: SimServerOptions, workingFolder: string): SimOptions {
  const { latency, requestsPerMinute, tokensPerMinute, concurrency, faults, models, seed } =
    options;
  const limits = {
    ...(requestsPerMinute !== undefined && { requestsPerMinute }),
    ...(tokensPerMinute !== undefined && { tokensPerMinute }),
    ...(concurrency !== undefined && { concurrency }),
  };
  return {
    port: options.port ?? USUAL_PORT,
    limits,
    ...(latency !== undefined && { latency: parseLatency(latency) }),
    ...(faults.length > 0 && { faults: parseFaults(faults.join(',')) }),
    ...(models.length > 0 && { models: models.map((name) => ({ name })) }),
    ...(seed !== undefined && { seed }),
    log: options.log !== undefined && { file: resolve(workingFolder, options.log) },
  };
}

function addressesOf(sim: Sim): SimAddresses {
  return {
    openai: sim.baseUrl('openai-chat'),
    anthropic: sim.baseUrl('anthropic'),
    gemini: sim.baseUrl('gemini'),
    'azure-openai': sim.baseUrl('azure-openai'),
    ollama: sim.baseUrl('ollama'),
  };
}
