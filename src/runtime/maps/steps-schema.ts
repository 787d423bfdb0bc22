import { z } from 'zod';
import type { JsonObject } from '../../core/json.ts';

// Sentences end a message that begins with the name of the key; they never quote the value.
const text = z.string().regex(/\S/, { error: 'must not be empty' });
const count = (least: number, most: number) => z.int().min(least).max(most);
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, { error: `must be one of ${words.join(', ')}` });

/** More steps than this are a mistake. */
const MOST_STEPS = 100;

/** Names go into the names of calls, which `/` and `.` divide. */
const name = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/, {
  error: 'must be a word of letters, digits, - and _ that begins with a letter',
});

const near = z
  .string()
  .regex(/^near=(?:0?\.\d+|1(?:\.0+)?)$/, { error: 'must be near=N, such as near=0.9' });

const keys = {
  name,
  prompt: text.optional(),
  template: text.optional(),
  task: text.optional(),
  on: text.optional(),
  system: text.optional(),
  'system-template': text.optional(),
  syntax: oneOf(['liquid', 'dollar']).optional(),
  model: text.optional(),
  parameters: z
    .custom<JsonObject>((value) => typeof value === 'object' && value !== null, {
      error: 'must be a map of names and values',
    })
    .optional(),
  n: count(1, 1000).optional(),
  column: text.optional(),
  columns: text.optional(),
  single: z.boolean().optional(),
  schema: text.optional(),
  reask: count(0, 10).optional(),
  'max-objects': count(1, 1_000_000).optional(),
  'on-truncated': oneOf(['keep', 'fail']).optional(),
  dedupe: near.optional(),
  'drop-empty': z.boolean().optional(),
  overflow: oneOf(['error', 'truncate', 'split', 'skip']).optional(),
  'chunk-chars': count(1, 1_000_000_000).optional(),
  'overlap-chars': count(0, 1_000_000_000).optional(),
  explode: text.optional(),
  keep: text.optional(),
  'dedupe-rows': text.optional(),
};
const step = z.strictObject(keys);

/** What a file of steps may say: the flags' names as keys. */
export const stepsSchema = z.strictObject({
  steps: z.array(step).min(1, { error: 'must have at least one step' }).max(MOST_STEPS),
});

/** The same, with keys that are not known passed over. */
export const looseStepsSchema = z.object({
  steps: z.array(z.object(keys)).min(1).max(MOST_STEPS),
});

/** A step as its file says it. */
export type WrittenStep = z.infer<typeof step>;
