import { z } from 'zod';
import { STRUCTURED_LEVELS } from '../../core/structured-output.ts';
import { isRefusedVariable, VARIABLE_NAME } from '../environment/variable-names.ts';
import {
  defaultText,
  describeRunOption,
  RUN_OPTION_NAMES,
  RUN_OPTIONS,
  type RunOption,
  type RunOptionName,
  readRunOption,
} from './run-options.ts';

// Sentences end a message that begins with the name of the key; they never quote the value.
const name = z.string().regex(/^(?!sim$)[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, {
  error: 'must be a name of letters, digits, ".", "_" and "-", and not "sim"',
});
const text = z.string().min(1, { error: 'must not be empty' });
const count = z.number().int().min(1).max(1_000_000_000);
const dollars = z.number().min(0).max(1_000_000);

const limits = z
  .strictObject({
    rpm: count.optional().describe('Requests a minute, at least 1; default: no limit.'),
    tpm: count.optional().describe('Input and output tokens a minute; default: no limit.'),
    concurrency: count.optional().describe('Calls in flight at once; default: that of `run`.'),
  })
  .describe('What this account allows; all models of the endpoint share it.');

const price = z
  .strictObject({
    input: dollars.describe('US dollars for a million input tokens.'),
    output: dollars.describe('US dollars for a million output tokens.'),
    cached: dollars
      .optional()
      .describe('US dollars for a million cached input tokens; default: `input`.'),
    cacheWrite: dollars
      .optional()
      .describe(
        "US dollars for a million tokens written into the provider's cache; default: `input`.",
      ),
  })
  .describe('What its tokens cost; default: the public price list, else unknown.');

const headers = z
  .record(
    z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, { error: 'is no name of a header' }),
    z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, { error: 'holds characters no header can' }),
  )
  .describe('Sent with each call, as they are.');

const endpoint = z
  .strictObject({
    provider: text
      .optional()
      .describe('Protocol it speaks, a name of `tutti models`; default openai-compatible.'),
    baseUrl: text
      .optional()
      .describe(
        'Its address, also that of a call, with its query; /v1 is added to a bare one. Needed unless the provider has one.',
      ),
    keyVariable: z
      .string()
      .regex(VARIABLE_NAME, { error: 'must be the name of a variable, never the key itself' })
      .refine((variable) => !isRefusedVariable(variable), {
        error: 'names a variable that holds no key',
      })
      .optional()
      .describe('The variable that holds its key; default: no key is sent.'),
    headers: headers.optional(),
    limits: limits.optional(),
    price: price.optional(),
    path: z
      .string()
      .regex(/^\/[!-"$->@-~]*$/, { error: 'must begin with "/" and hold no "?", "#" or space' })
      .optional()
      .describe(
        "Path of a call behind the base URL, `{model}` for the model's id; default: the protocol's.",
      ),
    stream: z
      .boolean()
      .optional()
      .describe(
        'Whether its answers are streamed; default: `ask` streams, `run` does not, and the other way where the server takes no other.',
      ),
    structured: z
      .enum(STRUCTURED_LEVELS)
      .optional()
      .describe(
        'How its answers are bound to a schema, or the next looser way that its provider has; default: the firmest, and looser ones where the server refuses that.',
      ),
    oneModelAtATime: z
      .boolean()
      .optional()
      .describe(
        'Whether its models take turns, because it has one in memory at a time; default: only those of Ollama do.',
      ),
    project: text.optional().describe('What is billed, where the provider asks for it.'),
    location: text
      .optional()
      .describe(
        'Where in the world it is asked, such as europe-west4, where the provider has that.',
      ),
    apiVersion: text.optional().describe('Version of its API, where the provider wants one.'),
  })
  .describe('One server and account.');

/** The schema of `config.yaml` (home) and `tutti.yaml` (project). */
export const settingsSchema = z.strictObject({
  $schema: z
    .string()
    .optional()
    .describe('Where this schema is, for editors; tutti passes it over.'),
  models: z
    .array(text)
    .max(1000)
    .optional()
    .describe('The models that `tutti ask` asks without -m, as references; default none.'),
  aliases: z
    .record(name, text)
    .optional()
    .describe('Short names for model references: `fast: groq/llama-4`.'),
  endpoints: z
    .record(name, endpoint)
    .optional()
    .describe('Servers by name; `NAME/model-id` asks one of its models.'),
  run: z
    .strictObject(runShape())
    .optional()
    .describe('Defaults of the options with the same names.'),
});

/** What a settings file may say. */
export type SettingsDocument = z.infer<typeof settingsSchema>;

/** An entry of `endpoints:`. */
export type EndpointEntry = z.infer<typeof endpoint>;

/** The JSON schema of a settings file, for editors; `npm run generate` writes it. */
export function settingsJsonSchema(): object {
  return z.toJSONSchema(settingsSchema);
}

type RunSetting = (typeof RUN_OPTIONS)[RunOptionName]['setting'];

function runShape(): Record<RunSetting, z.ZodOptional<z.ZodType<string | number | boolean>>> {
  const shape = RUN_OPTION_NAMES.map((name) => [RUN_OPTIONS[name].setting, runValue(name)]);
  return Object.fromEntries(shape) as Record<
    RunSetting,
    z.ZodOptional<z.ZodType<string | number | boolean>>
  >;
}

function runValue(name: RunOptionName): z.ZodOptional<z.ZodType<string | number | boolean>> {
  const option: RunOption = RUN_OPTIONS[name];
  const accepted = {
    count: z.number(),
    duration: z.union([z.number(), z.string()]),
    path: text,
    switch: z.boolean(),
    choice: text,
  };
  const checked = accepted[option.kind].superRefine((value: string | number | boolean, context) => {
    const read = readRunOption(name, value);
    if ('problem' in read) context.addIssue({ code: 'custom', message: read.problem });
  });
  const [minimum, maximum] = option.range ?? [];
  return (checked as z.ZodType<string | number | boolean>).optional().meta({
    description: `${describeRunOption(option)}; default ${defaultText(option)}.`,
    ...(option.kind === 'count' && { minimum, maximum }),
    ...(option.default !== null && option.kind !== 'duration' && { default: option.default }),
  });
}
