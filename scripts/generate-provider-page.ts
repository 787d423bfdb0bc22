import { type KindRule, MEDIA_KINDS } from '../src/core/media.ts';
import type { ProviderDescription } from '../src/providers/index.ts';
import type { GeneratedFile } from './generate-providers.ts';

/** Writes the reference page of the providers from their list. */
export function generateProviderPage(
  descriptions: readonly ProviderDescription[],
): GeneratedFile[] {
  const rows = descriptions.map(
    ({
      name,
      label,
      keyVariables,
      keyRequired,
      baseUrlVariables,
      defaultBaseUrl,
      severalChoices,
    }) =>
      `| \`${name}\` | ${label} | ${keys(keyVariables, keyRequired)} | ${code(baseUrlVariables)} | ${defaultBaseUrl ?? 'must be set'} | ${severalChoices ? 'yes' : ''} |`,
  );
  return [{ path: 'docs/reference/providers.md', content: page(rows, descriptions) }];
}

function page(rows: readonly string[], descriptions: readonly ProviderDescription[]): string {
  return `<!-- Written by \`npm run generate\` from src/providers: do not edit. -->
# Providers

A model of a provider is asked for as \`name/model-id\`. Keys and addresses are looked for in the order given;
each variable also with \`_<model>\` for one model. "n" says that one request can carry several completions.
Any other OpenAI-compatible server: \`URL#model-id\`, or \`endpoints:\` in the [settings](../guide/settings.md).

| name | | key | address variable | usual address | n |
|---|---|---|---|---|---|
${rows.join('\n')}

${descriptions.flatMap(notesOn).join('\n')}

## Images, sound, PDFs and videos

Files of rows are written in each API's own form ([media](../guide/media.md)). "by address" says that the API fetches an
address itself. Whether a model understands them is not known here.

| | images | sound | PDFs | videos |
|---|---|---|---|---|
${mediaRows(descriptions).join('\n')}

## Structured output and embeddings

An answer that is to follow a JSON schema is bound to it as firmly as the API allows: by \`json_schema\` the server knows the
schema, by \`json_object\` it knows only that the answer is JSON, by \`prompt\` it knows nothing. Below \`json_schema\` the
schema stands in the system message. A server that refuses a level, in a 400 that names it, is asked one lower, for
all calls of its lane and once; it is told, and kept in \`run.json\`. \`structured\` in an \`endpoints:\` entry sets the
level, which is then never changed. A parameter that says the same cannot stand beside a schema.

OpenAI is sent \`strict: true\` wherever the schema can be so: every key required, those that need not be there nullable,
objects closed; a schema that cannot (maps with any key, references that lead outside) goes as it is, with \`strict: false\`.
What an API does not know of a schema, such as lengths, goes into the descriptions. Anthropic's models \`claude-2*\` and
\`claude-3*\`, and schemas that it cannot be told, get a tool \`json\` that must be called; its input is the answer.

| | levels | parameters that say the same | texts in one request for embeddings |
|---|---|---|---|
${structuredRows(descriptions).join('\n')}

## What is sent

Messages go out exactly as they are given: every key, every part, in their order, with their roles and their white
space. Only what a protocol has no other place for moves: system messages in front become Anthropic's \`system\` and
Gemini's \`systemInstruction\`, a text becomes a part of text for Gemini and the \`assistant\` its \`model\`; in completion
mode one message is its text. A bare string among parts is a part of text.

What an API cannot be told is refused by \`tutti check\`, and before anything is sent:

| | |
|---|---|
${descriptions.flatMap(refusalsOf).join('\n')}
| \`mode: completion\` | several messages or turns, and a message that is no text |

Whatever else is wrong with messages is the server's to refuse, in its own words. Parameters are sent as they are
written, every digit of their numbers included; model, messages and \`stream\` are not theirs to set: such a call fails
before it is sent. \`tutti check\` does not see it.
`;
}

/** Providers that take the same share a line. */
function mediaRows(descriptions: readonly ProviderDescription[]): string[] {
  const byRules = Map.groupBy(descriptions, ({ media }) => JSON.stringify(media?.kinds ?? null));
  return [...byRules.values()].map((alike) => {
    const kinds = MEDIA_KINDS.map((kind) => kindText(alike[0]!.media?.kinds[kind]));
    return `| ${whoOf(alike)} | ${kinds.join(' | ')} |`;
  });
}

/** Providers that are told a schema alike share a line. */
function structuredRows(descriptions: readonly ProviderDescription[]): string[] {
  const shape = ({ structured, embeddings }: ProviderDescription) =>
    JSON.stringify([structured ?? null, embeddings ?? null]);
  return [...Map.groupBy(descriptions, shape).values()].map((alike) => {
    const { structured, embeddings } = alike[0]!;
    const levels = code(structured?.levels ?? ['prompt']);
    const most = embeddings === undefined ? 'none' : (embeddings.maxTexts ?? 'as many as fit');
    return `| ${whoOf(alike)} | ${levels} | ${code(structured?.parameters ?? [])} | ${most} |`;
  });
}

/** Names of providers; every server that copies OpenAI's is one of them. */
function whoOf(alike: readonly ProviderDescription[]): string {
  const isCompatible = alike.some(({ name }) => name === 'openai-compatible');
  return isCompatible ? 'every OpenAI-compatible server' : code(alike.map(({ name }) => name));
}

function kindText(rule: KindRule | undefined): string {
  if (rule === undefined) return '';
  const types = rule.types?.map((type) => type.replace(/^.*\/(?:x-)?/, '')).join(', ') ?? 'any';
  return rule.addresses.length === 0 ? types : `${types}; by address`;
}

function keys(variables: readonly string[], required: boolean): string {
  return variables.length === 0 ? 'none' : `${code(variables)}${required ? '' : ' (optional)'}`;
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function notesOn({ name, note }: ProviderDescription): string[] {
  return note === undefined ? [] : [`- \`${name}\`: ${note}`];
}

function refusalsOf({ name, messages }: ProviderDescription): string[] {
  const refused = [
    ...(messages?.system
      ? ['a system message after the conversation has begun, or with keys that have no place there']
      : []),
    ...(messages?.lastAssistantEndsInText
      ? ["a last message of the assistant's that is empty or ends in white space"]
      : []),
    ...(messages?.onlyOneText ? ["everything but one text of the user's"] : []),
  ];
  return refused.length === 0 ? [] : [`| \`${name}\` | ${refused.join('; ')} |`];
}
