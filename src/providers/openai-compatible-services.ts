import type { PromptoDifference } from './provider-description.ts';

/** One service that speaks OpenAI's Chat Completions: a row of data, no code. */
export interface CompatibleService {
  readonly name: string;
  readonly label: string;
  /** Where the key is looked for, the usual variable first. */
  readonly keys: readonly string[];
  /** False when it also answers without a key. */
  readonly keyRequired: boolean;
  /** Null: the user names the address. */
  readonly baseUrl: string | null;
  /** Variables of the address besides `<NAME>_BASE_URL`. */
  readonly addresses?: readonly string[];
  /** Its name in the public price list; absent if the list does not have it. */
  readonly prices?: string;
  /** True where one request can ask for several choices (`n`). */
  readonly severalChoices?: boolean;
  /** Where prompto sends its rows otherwise; absent: nowhere. */
  readonly unlikePrompto?: readonly PromptoDifference[];
}

const hosted = (
  name: string,
  label: string,
  baseUrl: string,
  key: string | readonly string[],
  more: Partial<CompatibleService> = {},
): CompatibleService => ({
  name,
  label,
  baseUrl,
  keys: typeof key === 'string' ? [key] : key,
  keyRequired: true,
  ...more,
});

const local = (
  name: string,
  label: string,
  baseUrl: string | null,
  key: string,
  more: Partial<CompatibleService> = {},
): CompatibleService => ({ name, label, baseUrl, keys: [key], keyRequired: false, ...more });

/** The services known by name. Any other one is reached as `BASE_URL#model`, or by the settings. */
export const COMPATIBLE_SERVICES: readonly CompatibleService[] = [
  hosted('groq', 'Groq', 'https://api.groq.com/openai/v1', 'GROQ_API_KEY', { prices: 'groq' }),
  hosted('deepseek', 'DeepSeek', 'https://api.deepseek.com', 'DEEPSEEK_API_KEY', {
    prices: 'deepseek',
  }),
  hosted(
    'together',
    'Together AI',
    'https://api.together.xyz/v1',
    ['TOGETHER_API_KEY', 'TOGETHER_AI_API_KEY'],
    {
      prices: 'together',
      severalChoices: true,
    },
  ),
  hosted(
    'fireworks',
    'Fireworks AI',
    'https://api.fireworks.ai/inference/v1',
    'FIREWORKS_API_KEY',
    {
      prices: 'fireworks',
      severalChoices: true,
    },
  ),
  hosted('cerebras', 'Cerebras', 'https://api.cerebras.ai/v1', 'CEREBRAS_API_KEY', {
    prices: 'cerebras',
  }),
  hosted('xai', 'xAI', 'https://api.x.ai/v1', 'XAI_API_KEY', {
    prices: 'x-ai',
    severalChoices: true,
  }),
  hosted('perplexity', 'Perplexity', 'https://api.perplexity.ai', 'PERPLEXITY_API_KEY', {
    prices: 'perplexity',
  }),
  hosted('openrouter', 'OpenRouter', 'https://openrouter.ai/api/v1', 'OPENROUTER_API_KEY', {
    prices: 'openrouter',
  }),
  hosted('nvidia', 'NVIDIA NIM', 'https://integrate.api.nvidia.com/v1', 'NVIDIA_API_KEY'),
  hosted('deepinfra', 'DeepInfra', 'https://api.deepinfra.com/v1/openai', [
    'DEEPINFRA_API_KEY',
    'DEEPINFRA_TOKEN',
  ]),
  hosted('sambanova', 'SambaNova', 'https://api.sambanova.ai/v1', 'SAMBANOVA_API_KEY'),
  hosted('hyperbolic', 'Hyperbolic', 'https://api.hyperbolic.xyz/v1', 'HYPERBOLIC_API_KEY'),
  hosted('moonshot', 'Moonshot AI', 'https://api.moonshot.ai/v1', 'MOONSHOT_API_KEY', {
    prices: 'moonshotai',
  }),
  hosted('zai', 'Z.ai', 'https://api.z.ai/api/paas/v4', ['ZAI_API_KEY', 'Z_AI_API_KEY'], {
    prices: 'zai',
  }),
  hosted(
    'dashscope',
    'Alibaba Model Studio',
    'https://dashscope-intl.aliyuncs.com/compatible-mode/v1',
    'DASHSCOPE_API_KEY',
  ),
  hosted('novita', 'Novita AI', 'https://api.novita.ai/v3/openai', 'NOVITA_API_KEY', {
    prices: 'novita',
  }),
  hosted(
    'cohere',
    'Cohere',
    'https://api.cohere.ai/compatibility/v1',
    ['COHERE_API_KEY', 'CO_API_KEY'],
    { prices: 'cohere' },
  ),
  hosted('huggingface', 'Hugging Face router', 'https://router.huggingface.co/v1', [
    'HF_TOKEN',
    'HUGGINGFACE_API_KEY',
  ]),
  local('huggingface-tgi', 'Hugging Face TGI', null, 'HUGGINGFACE_TGI_API_KEY', {
    addresses: ['HUGGINGFACE_TGI_API_ENDPOINT'],
    unlikePrompto: [
      {
        rows: 'all',
        says: 'the request names the model of the row, and is a chat unless its mode is completion (prompto names "tgi"; its 0.2.1 completes unless the mode is chat)',
      },
    ],
  }),
  local('lmstudio', 'LM Studio', 'http://127.0.0.1:1234/v1', 'LMSTUDIO_API_KEY'),
  local('vllm', 'vLLM', 'http://127.0.0.1:8000/v1', 'VLLM_API_KEY', { severalChoices: true }),
  local('llamacpp', 'llama.cpp server', 'http://127.0.0.1:8080/v1', 'LLAMACPP_API_KEY'),
];
