import { plainLine } from '../../../core/plain-text.ts';

/** The base URL of each provider whose protocol is spoken. */
export type SimAddresses = Readonly<
  Record<'openai' | 'anthropic' | 'gemini' | 'azure-openai' | 'ollama', string>
>;

/** The variables that lead a provider's calls to the simulated endpoints. */
const VARIABLES: Readonly<Record<keyof SimAddresses, readonly string[]>> = {
  openai: ['OPENAI_BASE_URL', 'OPENAI_API_KEY'],
  anthropic: ['ANTHROPIC_BASE_URL', 'ANTHROPIC_API_KEY'],
  gemini: ['GEMINI_BASE_URL', 'GEMINI_API_KEY'],
  'azure-openai': ['AZURE_OPENAI_API_ENDPOINT', 'AZURE_OPENAI_API_KEY'],
  ollama: ['OLLAMA_BASE_URL'],
};

/** Renders where simulated endpoints are and how to ask them. */
export function renderSimReady(url: string, addresses: SimAddresses, model: string): string {
  const names = Object.keys(addresses) as (keyof SimAddresses)[];
  const exports = names.map((name) => {
    const [address = '', key] = VARIABLES[name];
    return `  export ${address}=${addresses[name]}${key === undefined ? '' : ` ${key}=any`}`;
  });
  return [
    `SIMULATED endpoints on ${url}: no model is behind them. Ctrl-C ends them.`,
    '',
    'Ask one:',
    `  tutti ask "What is 17 * 23?" -m "${addresses.openai}#${plainLine(model)}"`,
    '',
    'Lead the calls of a provider here, for tutti or any other program:',
    ...exports,
    '',
  ].join('\n');
}
