import { defaultOperators, toValueSync } from 'liquidjs';
import { ExactNumber } from './liquid-value.ts';

/** The operators that compare two values. */
export const COMPARISONS: Readonly<Record<string, (left: unknown, right: unknown) => boolean>> = {
  '==': isEqual,
  '!=': (left, right) => !isEqual(left, right),
  '<>': (left, right) => !isEqual(left, right),
  '<': (left, right) => orderOf(left, right) < 0,
  '<=': (left, right) => orderOf(left, right) <= 0,
  '>': (left, right) => orderOf(left, right) > 0,
  '>=': (left, right) => orderOf(left, right) >= 0,
  contains: (left, right) => {
    if (typeof left === 'string') return left.includes(String(right ?? ''));
    return Array.isArray(left) && left.some((one) => isEqual(one, right));
  },
};

function isEqual(left: unknown, right: unknown): boolean {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ]) {
    if (typeof one === 'boolean' && typeof other === 'string') {
      return other.trim().toLowerCase() === String(one);
    }
    const isNumber = typeof one === 'number' || one instanceof ExactNumber;
    if (isNumber && typeof other !== 'object') return numberIn(one) === numberIn(other);
  }
  const equals = defaultOperators['==']!(left, right, undefined as never);
  return toValueSync(equals as Generator<unknown, boolean, unknown>) as boolean;
}

/** Below, at or above 0; NaN for what has no order, which is then neither less nor greater. */
function orderOf(left: unknown, right: unknown): number {
  const difference = numberIn(left) - numberIn(right);
  if (!Number.isNaN(difference)) return difference;
  if (typeof left !== 'string' || typeof right !== 'string') return Number.NaN;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The number that a value is, or that its text says; NaN where there is none. */
function numberIn(value: unknown): number {
  if (typeof value === 'number') return value;
  const text = value instanceof ExactNumber ? value.valueOf() : value;
  return typeof text === 'string' && text.trim() !== '' ? Number(text) : Number.NaN;
}
