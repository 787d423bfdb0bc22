import type { Arrival } from '../exchange/exchange.ts';
import { sendBody } from '../exchange/send-answer.ts';
import type { LimitStanding } from '../limits/limit-gate.ts';
import type { Refusal } from '../vendors/refusal.ts';
import type { Vendor } from '../vendors/vendor.ts';
import type { SimState } from './sim-state.ts';

/** A refusal that has nothing to do with limits. */
export const NO_STANDING = { retryAfterMs: null, standing: null };

/** Answers with the vendor's error. */
export function refuse(
  { clock, log }: SimState,
  { record, response }: Arrival,
  vendor: Vendor,
  refusal: Refusal,
  limits: { readonly retryAfterMs: number | null; readonly standing: LimitStanding | null },
): void {
  const { retryAfterMs, standing } = limits;
  const { status, body } = vendor.errorOf(refusal, retryAfterMs);
  const headers = {
    ...requestIdHeader(vendor, record.number),
    ...vendor.limitHeaders(standing, retryAfterMs, clock.wallMs()),
  };
  record.refusal = refusal.kind;
  record.status = status;
  log.end(record);
  sendBody({ response, headers }, status, JSON.stringify(body));
}

/** The header that names a request, where the vendor has one. */
export function requestIdHeader(vendor: Vendor, number: number): Record<string, string> {
  return vendor.requestIdHeader === null ? {} : { [vendor.requestIdHeader]: `req_sim${number}` };
}
