import type { JsonObject, JsonValue } from '../../core/json.ts';
import type { ConsortiumResult } from './result.ts';

/** A result as it stands in a record: its keys in snake_case, without the texts of the members. */
export function resultJson(result: ConsortiumResult): JsonObject {
  const rounds = result.rounds.map(({ members, ...round }) => ({
    ...round,
    members: members.map(({ response: _, ...member }) => member),
  }));
  return snakeCased({ ...result, rounds } as unknown as JsonValue) as JsonObject;
}

function snakeCased(value: JsonValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(snakeCased);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      snakeCased(one),
    ]),
  );
}
