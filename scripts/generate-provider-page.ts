import { PROVIDERS } from '../src/providers/index.ts';
import type { GeneratedFile } from './generate-providers.ts';

/** Writes the reference page of the providers from their list. */
export async function generateProviderPage(): Promise<GeneratedFile[]> {
  const rows = PROVIDERS.map(
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
  return [{ path: 'docs/reference/providers.md', content: page(rows) }];
}

function page(rows: readonly string[]): string {
  return `<!-- Written by \`npm run generate\` from src/providers: do not edit. -->
# Providers

A model of a provider is asked for as \`name/model-id\`. Keys and addresses are looked for in the order given;
each variable also with \`_<model>\` for one model. "n" says that one request can carry several completions.
Any other OpenAI-compatible server: \`URL#model-id\`, or \`endpoints:\` in the [settings](../guide/settings.md).

| name | | key | address variable | usual address | n |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

function keys(variables: readonly string[], required: boolean): string {
  return variables.length === 0 ? 'none' : `${code(variables)}${required ? '' : ' (optional)'}`;
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
