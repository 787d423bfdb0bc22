import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../core/json.ts';
import type { LimitStanding } from '../limits/limit-gate.ts';
import type { Refusal } from './refusal.ts';

/** The names of the vendors whose habits are simulated. */
export type VendorName = 'openai' | 'azure-openai' | 'anthropic' | 'gemini' | 'ollama';

/** An error as the vendor writes it. */
export interface VendorError {
  readonly status: number;
  readonly body: JsonObject;
}

/** What differs from vendor to vendor around the answers: keys, errors, headers. */
export interface Vendor {
  readonly name: VendorName;
  /** Header that names the request; null if the vendor has none. */
  readonly requestIdHeader: string | null;
  /** Whether it ever asks for a key. */
  readonly takesKey: boolean;
  /** The key that a request carries; null if none. */
  keyIn(headers: IncomingHttpHeaders, query: URLSearchParams): string | null;
  /** The refusal for a request without what the vendor wants besides a key; null if nothing is missing. */
  lacks?(headers: IncomingHttpHeaders, query: URLSearchParams, path: string): Refusal | null;
  /** Writes a refusal in the vendor's form. */
  errorOf(refusal: Refusal, retryAfterMs: number | null): VendorError;
  /** Headers that say what is left, and when to come back after a refusal. */
  limitHeaders(
    standing: LimitStanding | null,
    retryAfterMs: number | null,
    wallMs: number,
  ): Record<string, string>;
}

/** Whole seconds for `retry-after`, at least 1 as vendors round. */
export function retryAfterSeconds(retryAfterMs: number): string {
  return String(Math.max(1, Math.ceil(retryAfterMs / 1000)));
}

/** The token of an `authorization: Bearer` header; null without one. */
export function bearerToken(headers: IncomingHttpHeaders): string | null {
  return /^Bearer\s+(.+)$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** A header as one text; null when it is absent. */
export function headerText(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' ? value : (value?.[0] ?? null);
}
