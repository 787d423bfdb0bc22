import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ProviderDescription } from '../providers/index.ts';
import {
  type Configuration,
  type ConfigurationOptions,
  loadConfiguration,
} from './context/configuration.ts';
import { createEnvironment } from './environment/environment.ts';

/** A few providers of each kind, so that tests do not depend on the real list. */
export const SAMPLE_PROVIDERS: readonly ProviderDescription[] = [
  {
    name: 'openai',
    label: 'OpenAI',
    severalChoices: true,
    completionMode: true,
    keyVariables: ['OPENAI_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['OPENAI_BASE_URL', 'OPENAI_API_BASE'],
    defaultBaseUrl: 'https://api.openai.com/v1',
    headerVariables: [{ name: 'OPENAI_ORG_ID', header: 'x-org' }],
  },
  {
    name: 'gemini',
    label: 'Google Gemini',
    severalChoices: true,
    completionMode: true,
    keyVariables: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['GEMINI_BASE_URL'],
    defaultBaseUrl: 'https://generativelanguage.googleapis.com/v1beta',
    idInPath: true,
  },
  {
    name: 'azure-openai',
    label: 'Azure OpenAI',
    severalChoices: true,
    completionMode: true,
    keyVariables: ['AZURE_OPENAI_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['AZURE_OPENAI_BASE_URL', 'AZURE_OPENAI_API_ENDPOINT'],
    idInPath: true,
    defaultBaseUrl: null,
    extraVariables: [
      { name: 'AZURE_OPENAI_API_VERSION', setting: 'apiVersion', defaultValue: '2024-02-01' },
    ],
  },
  {
    name: 'openrouter',
    label: 'OpenRouter',
    severalChoices: true,
    completionMode: true,
    keyVariables: ['OPENROUTER_API_KEY'],
    keyRequired: true,
    baseUrlVariables: ['OPENROUTER_BASE_URL'],
    defaultBaseUrl: 'https://openrouter.ai/api/v1',
  },
  {
    name: 'ollama',
    label: 'Ollama',
    severalChoices: true,
    completionMode: true,
    keyVariables: [],
    keyRequired: false,
    baseUrlVariables: ['OLLAMA_BASE_URL', 'OLLAMA_API_ENDPOINT', 'OLLAMA_HOST'],
    defaultBaseUrl: 'http://127.0.0.1:11434',
    oneModelAtATime: { exceptAt: ['ollama.com'] },
  },
  {
    name: 'openai-compatible',
    label: 'OpenAI-compatible server',
    severalChoices: true,
    completionMode: true,
    keyVariables: [],
    keyRequired: false,
    baseUrlVariables: [],
    defaultBaseUrl: null,
  },
  {
    name: 'vertexai',
    label: 'Google Vertex AI',
    severalChoices: true,
    completionMode: false,
    keyVariables: ['VERTEXAI_API_KEY'],
    keyRequired: false,
    baseUrlVariables: ['VERTEXAI_BASE_URL'],
    defaultBaseUrl: 'https://aiplatform.googleapis.com/v1',
    defaultCredentials: 'google',
    extraVariables: [
      { name: 'VERTEXAI_PROJECT_ID', setting: 'project' },
      { name: 'GOOGLE_CLOUD_PROJECT', setting: 'project' },
      { name: 'VERTEXAI_LOCATION_ID', setting: 'location' },
      { name: 'GOOGLE_APPLICATION_CREDENTIALS', setting: 'credentialsFile' },
    ],
  },
  {
    name: 'quart',
    label: 'Quart',
    severalChoices: false,
    completionMode: false,
    keyVariables: [],
    keyRequired: false,
    baseUrlVariables: ['QUART_API_ENDPOINT'],
    defaultBaseUrl: null,
    modelOptional: true,
  },
];

/** A home and a project in a temporary folder of their own. */
export interface SampleFolder extends AsyncDisposable {
  readonly home: string;
  readonly project: string;
  /** Writes a file below the folder, mode 600. */
  write(path: string, text: string | Uint8Array): Promise<void>;
  /** Loads the configuration with the home as TUTTI_HOME and the given variables. */
  load(
    variables?: Record<string, string>,
    options?: Partial<ConfigurationOptions>,
  ): Promise<Configuration>;
}

/** Makes the temporary folder; `await using` removes it. */
export async function sampleFolder(): Promise<SampleFolder> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'tutti-runtime-')));
  const home = join(root, 'home');
  const project = join(root, 'project');
  await mkdir(project);
  return {
    home,
    project,
    async write(path, text) {
      const target = join(root, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
      await chmod(target, 0o600);
    },
    load: (variables = {}, options = {}) =>
      loadConfiguration({
        environment: createEnvironment({ TUTTI_HOME: home, ...variables }),
        folder: project,
        providers: SAMPLE_PROVIDERS,
        simulated: ['quick', 'careful', 'member', 'judge'],
        ...options,
      }),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
