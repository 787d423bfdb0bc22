import type { Random } from '../../core/clock.ts';
import { numberOf } from '../../core/exact-json.ts';
import type { JsonObject, JsonValue } from '../../core/json.ts';

/** How far a number goes from its only bound, or from 0. */
const USUAL_WIDTH = 100;
const FRACTIONS = 100;

/** Makes a number within the bounds of a schema; one of them, where no number is within. */
export function numberForSchema(schema: JsonObject, isWhole: boolean, random: Random): number {
  const step = numberOf(schema.multipleOf) ?? (isWhole ? 1 : 1 / FRACTIONS);
  const given = bounds(schema, step);
  const from = given.from ?? (given.to === null ? 0 : given.to - USUAL_WIDTH);
  const to = given.to ?? from + USUAL_WIDTH;
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  if (last < first) return isWhole ? Math.round(from) : (from + to) / 2;
  const value = (first + Math.floor(random() * (last - first + 1))) * step;
  return isWhole ? Math.round(value) : Number(value.toFixed(10));
}

/** Bounds that are themselves not allowed are a step further in. */
function bounds(schema: JsonObject, step: number): { from: number | null; to: number | null } {
  const least = greater(numberOf(schema.minimum), moved(schema.exclusiveMinimum, step));
  const most = smaller(numberOf(schema.maximum), moved(schema.exclusiveMaximum, -step));
  const isOpenBelow = schema.exclusiveMinimum === true && least !== null;
  const isOpenAbove = schema.exclusiveMaximum === true && most !== null;
  return { from: isOpenBelow ? least + step : least, to: isOpenAbove ? most - step : most };
}

function moved(bound: JsonValue | undefined, by: number): number | null {
  const value = numberOf(bound);
  if (value === null) return null;
  // Of 0 < x <= 0.005 a whole step would miss everything.
  const steps = value / by;
  return Number.isInteger(steps) ? value + by : value + by * 0.5;
}

function greater(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

function smaller(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
