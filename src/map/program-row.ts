import { mayHoldUnusualNumber } from '../core/exact-json.ts';
import type { JsonObject } from '../core/json.ts';

/**
 * Reads a row as a program takes it: a number is one of JavaScript, however it was written (`7.0`, `1e3`). Only a whole
 * one beyond 2^53, and one beyond all that JavaScript has, is kept as its source text.
 */
export function programRow(text: string): JsonObject {
  const row: unknown = mayHoldUnusualNumber(text)
    ? JSON.parse(text, keepVast as (key: string, value: unknown) => unknown)
    : JSON.parse(text);
  return row as JsonObject;
}

function keepVast(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined) return value;
  const isWhole = /^-?\d+$/.test(source);
  const isExact = Number.isFinite(value) && (!isWhole || Number.isSafeInteger(value));
  return isExact ? value : JSON.rawJSON(source);
}
