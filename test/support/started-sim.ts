import { afterEach } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { type Sim, type SimOptions, type SimRequest, startSim } from '../../src/sim/index.ts';

const started: Sim[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((sim) => sim.close()));
});

/** Starts simulated endpoints that echo the prompt; they end with the test. */
export async function startedSim(options: SimOptions = {}): Promise<Sim> {
  const sim = await startSim({ answer: 'echo', ...options });
  started.push(sim);
  return sim;
}

/** The reference of a model of simulated endpoints, as any OpenAI-compatible server is named. */
export function referenceOf(sim: Sim, model = 'm'): string {
  return `${sim.baseUrl('openai-chat')}#${model}`;
}

/** The text of the last message that a request to the OpenAI chat protocol holds. */
export function promptOf({ body }: SimRequest): string {
  const { messages } = body as JsonObject;
  return (messages as { content: string }[]).at(-1)!.content;
}
