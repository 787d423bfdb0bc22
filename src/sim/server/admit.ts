import type { GateRefusal, LimitGate } from '../limits/limit-gate.ts';
import { Refusal, type RefusalKind } from '../vendors/refusal.ts';
import type { Job } from './job.ts';
import { refuse } from './refuse.ts';
import type { SimState } from './sim-state.ts';

const KINDS: Readonly<Record<GateRefusal['reason'], RefusalKind>> = {
  requests: 'rate_limited',
  tokens: 'tokens_limited',
  concurrency: 'busy',
  quota: 'quota',
};
const MESSAGES: Readonly<Record<GateRefusal['reason'], string>> = {
  requests: 'Rate limit reached: too many requests per minute.',
  tokens: 'Rate limit reached: too many tokens per minute.',
  concurrency: 'Too many requests at once, please try again.',
  quota: 'You exceeded your current quota, please check your plan and billing details.',
};

/** Lets a request through all limits, or refuses it and says false. It takes from all gates or from none. */
export function admit(state: SimState, job: Job): boolean {
  const gates = gatesOf(state, job);
  const tokens = job.reply.inputTokens + job.reply.outputTokens;
  for (const gate of gates) {
    const refusal = gate.refusal(tokens);
    if (!refusal) continue;
    const { reason, retryAfterMs } = refusal;
    const no = new Refusal(KINDS[reason], MESSAGES[reason]);
    refuse(state, job.handling, job.route.vendor, no, { retryAfterMs, standing: gate.standing });
    return false;
  }
  for (const gate of gates) gate.enter(tokens);
  return true;
}

/** The limits of a request's model and of the whole server, where there are any. */
export function gatesOf(state: SimState, job: Job): LimitGate[] {
  return [job.model.gate, state.gate].filter((gate) => gate !== null);
}
