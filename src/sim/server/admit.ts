import type { Exchange } from '../exchange/exchange.ts';
import type { GateRefusal } from '../limits/limit-gate.ts';
import { Refusal, type RefusalKind } from '../vendors/refusal.ts';
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
export function admit(state: SimState, exchange: Exchange): boolean {
  const { gates, reply, route } = exchange;
  const tokens = reply.inputTokens + reply.outputTokens;
  for (const gate of gates) {
    const refusal = gate.refusal(tokens);
    if (!refusal) continue;
    const { reason, retryAfterMs } = refusal;
    const no = new Refusal(KINDS[reason], MESSAGES[reason]);
    refuse(state, exchange, route.vendor, no, { retryAfterMs, standing: gate.standing });
    return false;
  }
  for (const gate of gates) gate.enter(tokens);
  return true;
}
