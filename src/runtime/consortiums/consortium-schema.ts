import { z } from 'zod';
import { parseDurationMs } from '../../core/duration.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/json.ts';

// Sentences end a message that begins with the name of the key; they never quote the value.
const text = z.string().regex(/\S/, { error: 'must not be empty' });
const DAY_MS = 24 * 60 * 60 * 1000;

const member = z
  .strictObject({
    model: text.describe('A model reference, an alias or a saved consortium.'),
    count: z.number().int().min(1).max(100).optional().describe('Instances of it; default 1.'),
    system: text.optional().describe("Its own system message, in place of the consortium's."),
    parameters: z
      .custom<JsonObject>(isParameters, { error: 'must be a map of names and JSON values' })
      .optional()
      .describe('Its own parameters, over those of the request.'),
    role: text.optional().describe('What the strategy `role` tells it.'),
    weight: z
      .number()
      .positive({ error: 'must be above 0' })
      .max(1_000_000)
      .optional()
      .describe('What its vote counts; default 1.'),
  })
  .describe('Its reference alone, with `:N` for N instances, or a map.');

const strategy = z.strictObject({
  name: text,
  parameters: z.custom<JsonObject>(isParameters, {
    error: 'must be a map of names and JSON values',
  }),
});

/** The schema of a consortium's file, once its short forms are written out. */
export const consortiumSchema = z.strictObject({
  $schema: z.string().optional().describe('For editors; tutti passes it over.'),
  members: z
    .array(member, { error: 'must be a list of models' })
    .min(1, { error: 'must name at least one model' })
    .max(100)
    .optional()
    .describe('Who is asked.'),
  arbiter: z
    .array(text)
    .max(20)
    .optional()
    .describe('Who makes one answer of several; of a list the next is asked when one fails.'),
  strategy: z
    .array(strategy)
    .max(20)
    .optional()
    .describe('Strategies in their order: a name, or a name with its parameters.'),
  judging: z
    .enum(['synthesis', 'rank', 'pick-one'], {
      error: 'must be synthesis, rank or pick-one',
    })
    .optional()
    .describe('How the arbiter makes one answer; default synthesis.'),
  extract: text
    .optional()
    .describe('How an answer is found: number, choice, json:POINTER, text or re:PATTERN.'),
  confidenceThreshold: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('No further round from here on: up to 1 a share, above 1 per cent; default 0.8.'),
  maxIterations: z.number().int().min(1).max(100).optional().describe('Rounds at most; default 3.'),
  minIterations: z
    .number()
    .int()
    .min(1)
    .max(100)
    .optional()
    .describe('Rounds at least; default 1.'),
  memberTimeout: z
    .custom<string | number>(isDuration, {
      error: 'must be a duration of 1ms to 24h, such as 120s or 2m',
    })
    .optional()
    .describe("A member's time for a round, waits and retries included; default 120s."),
  quorum: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Members that must have answered; default more than half.'),
  all: z.boolean().optional().describe('Wait for all although a vote is decided; default false.'),
  system: text.optional().describe('System message of the members.'),
  seed: z
    .number()
    .int()
    .min(0)
    .max(1_000_000_000)
    .optional()
    .describe('Seed of orders and draws; default 0.'),
});

/** What a consortium's file says. */
export type ConsortiumDocument = z.infer<typeof consortiumSchema>;

/** Reads `120`, `120s`, `2m` as milliseconds; undefined for what is no duration. */
export function durationMsOf(value: string | number): number | undefined {
  return parseDurationMs(String(value), 's');
}

function isDuration(value: unknown): boolean {
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  const ms = durationMsOf(value);
  return ms !== undefined && ms >= 1 && ms <= DAY_MS;
}

function isParameters(value: unknown): boolean {
  return isJsonObject(value) && isJson(value);
}

/** YAML has numbers that JSON has not: `.inf`, `.nan`. */
function isJson(value: unknown): value is JsonValue {
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (isJsonObject(value)) return Object.values(value).every(isJson);
  return value === null || typeof value === 'string' || typeof value === 'boolean';
}
