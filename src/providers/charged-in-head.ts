import type { IncomingHttpHeaders } from 'node:http';

/** What LiteLLM's proxy says that a call cost; 0 also where it does not know. */
const COST_HEADER = 'x-litellm-response-cost';

/** What the head of an answer says that the call cost, in US dollars; null if it does not say. */
export function chargedInHead(headers: IncomingHttpHeaders): number | null {
  const text = headers[COST_HEADER];
  const usd = typeof text === 'string' ? Number(text) : Number.NaN;
  return Number.isFinite(usd) && usd > 0 ? usd : null;
}
