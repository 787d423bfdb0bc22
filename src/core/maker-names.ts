/** Who makes models, and by which words their answers name themselves. */
interface Maker {
  /** Words in references and ids that tell it, besides its names. */
  readonly tells: readonly string[];
  /** Names of the usual list of leaks. */
  readonly usual: readonly string[];
  /** Further names. */
  readonly more: readonly string[];
}

/**
 * Makers by name, to be edited freely. Words that mean something else in most texts are no names (`command`, `o1`, `opus`,
 * `flash`, `phi`, `nova`, `meta`): a model is still known by its whole id, and by such a word beside its maker's.
 */
const MAKERS: Readonly<Record<string, Maker>> = {
  openai: {
    tells: ['azure', 'o1', 'o3', 'o4', 'davinci', 'codex'],
    usual: ['openai', 'chatgpt', 'gpt-4'],
    more: ['Open AI', 'Chat GPT', 'GPT'],
  },
  anthropic: {
    tells: [],
    usual: ['anthropic', 'claude'],
    more: ['Claude Sonnet', 'Claude Opus', 'Claude Haiku'],
  },
  google: {
    tells: ['vertex'],
    usual: ['bard', 'palm', 'lamda', 'google', 'gemini'],
    more: ['Gemma', 'DeepMind', 'Gemini Pro', 'Gemini Flash', 'Gemini Ultra', 'Google AI'],
  },
  meta: {
    tells: ['meta', 'codellama'],
    usual: ['llama'],
    more: ['Meta AI', 'Code Llama', 'Meta Llama'],
  },
  mistral: {
    tells: [],
    usual: ['mistral'],
    more: [
      'Mistral AI',
      'Mistral Large',
      'Mistral Small',
      'Mixtral',
      'Ministral',
      'Magistral',
    ].concat(['Codestral', 'Devstral', 'Pixtral', 'Le Chat']),
  },
  alibaba: {
    tells: ['dashscope'],
    usual: ['qianwan', 'qwen', 'alibaba'],
    more: ['Qianwen', 'Tongyi', 'Tongyi Qianwen', 'QwQ', 'Alibaba Cloud', '通义千问'],
  },
  deepseek: { tells: [], usual: ['deepseek'], more: ['Deep Seek'] },
  zhipu: {
    tells: [],
    usual: ['chatglm', 'zhipu', 'keg lab'],
    more: ['GLM', 'Zhipu AI', 'Z.ai', '智谱'],
  },
  '01.ai': { tells: ['yi'], usual: ['01.ai'], more: [] },
  ai2: {
    tells: [],
    usual: ['ai2', 'tülu', 'tulu'],
    more: ['OLMo', 'Allen AI', 'Allen Institute for AI'],
  },
  nous: { tells: [], usual: ['hermes'], more: ['Nous Research', 'NousResearch'] },
  cohere: { tells: ['command'], usual: ['cohere'], more: ['Cohere Command'] },
  databricks: { tells: [], usual: ['dbrx', 'databricks'], more: [] },
  lmsys: {
    tells: [],
    usual: ['vicuna', 'lmsys', 'koala', 'uc berkeley'],
    more: [],
  },
  laion: { tells: [], usual: ['open assistant', 'laion'], more: ['OpenAssistant'] },
  xai: { tells: [], usual: [], more: ['xAI', 'Grok'] },
  microsoft: { tells: ['phi'], usual: [], more: ['Microsoft', 'Microsoft Phi', 'WizardLM'] },
  moonshot: { tells: [], usual: [], more: ['Moonshot AI', 'MoonshotAI', 'Kimi'] },
  minimax: { tells: ['minimax'], usual: [], more: ['MiniMax AI', 'Hailuo'] },
  baidu: { tells: ['ernie'], usual: [], more: ['Baidu', 'ERNIE Bot', 'Wenxin'] },
  amazon: { tells: ['nova', 'titan'], usual: [], more: ['Amazon', 'Amazon Nova', 'Amazon Titan'] },
  nvidia: { tells: [], usual: [], more: ['NVIDIA', 'Nemotron'] },
  ibm: { tells: ['granite'], usual: [], more: ['IBM', 'IBM Granite'] },
  perplexity: { tells: ['sonar'], usual: [], more: ['Perplexity', 'Perplexity AI'] },
  ai21: { tells: [], usual: [], more: ['AI21', 'AI21 Labs', 'Jamba'] },
  bytedance: { tells: [], usual: [], more: ['ByteDance', 'Doubao'] },
  tencent: { tells: [], usual: [], more: ['Tencent', 'Hunyuan'] },
};

/** Names that mean something else, too: where the prompt has one, an answer's is about that. */
const ORDINARY = new Set(
  ['bard', 'palm', 'google', 'gemini', 'Gemma', 'llama', 'mistral', 'alibaba', 'hermes', 'cohere']
    .concat(['koala', 'vicuna', 'uc berkeley', 'GPT', 'GLM', 'Grok', 'Kimi', 'Microsoft', 'Amazon'])
    .concat(['NVIDIA', 'IBM', 'Perplexity', 'Baidu', 'Tencent', 'Le Chat']),
);

/** Names of makers and models that give an answer's author away; the usual list. */
export const LEAK_WORDS: readonly string[] = Object.values(MAKERS).flatMap(({ usual }) => usual);

/** What else is known of a model and of what it was asked. */
export interface ModelNameOptions {
  /** The name by which the user calls it. */
  readonly alias?: string | null | undefined;
  /** Its id at its endpoint; default: what stands behind the reference's first slash or `#`. */
  readonly modelId?: string | null | undefined;
  /** What was asked: an ordinary word that is in it is the answer's subject and no name; default nothing. */
  readonly prompt?: string | undefined;
}

/**
 * The names by which an answer would give its model away: its reference, id and alias, and the words of its maker and
 * family, as far as the reference or the id tell whose it is. An alias, an id or a name that is an ordinary word is left
 * out where the prompt has that word.
 */
export function namesOfModel(reference: string, options: ModelNameOptions = {}): readonly string[] {
  const { alias, prompt = '' } = options;
  const id = options.modelId ?? /^(?:[^/#]+\/|[^#]*#)(.*)$/s.exec(reference)?.[1];
  // Of an id such as `meta-llama/Llama-3`, the last part is what a model knows of itself.
  const ids = [id, id?.slice(id.lastIndexOf('/') + 1)].flatMap((one) => one ?? []);
  const words = new Set(wordsOf([reference, ...ids].join(' ')));
  const makers = Object.entries(MAKERS).filter(([maker, { tells, usual, more }]) =>
    [maker, ...tells, ...usual, ...more].some((name) => words.has(name.toLowerCase())),
  );
  const names = makers.flatMap(([, { usual, more }]) => [...usual, ...more]);
  const own = [reference, ...ids, ...(alias ? [alias] : [])];
  const asked = new Set(wordsOf(prompt));
  const isAsked = (name: string) => wordsOf(name).every((word) => asked.has(word));
  return [
    ...own.filter((name) => !isOneWord(name) || !isAsked(name)),
    ...names.filter((name) => !ORDINARY.has(name) || !isAsked(name)),
  ].filter((name, at, all) => all.indexOf(name) === at);
}

/** Runs of letters and digits, and of letters alone: `qwen2` and `qwen`. Without a bound a very long one would exhaust the stack. */
function wordsOf(text: string): string[] {
  const lowered = text.toLowerCase();
  return [
    ...(lowered.match(/[\p{L}\p{M}\p{N}]{1,10000}/gu) ?? []),
    ...(lowered.match(/[\p{L}\p{M}]{1,10000}/gu) ?? []),
  ];
}

/** A name without digits and marks may be a word of its language. */
function isOneWord(name: string): boolean {
  return /^[\p{L}\p{M}]+$/u.test(name);
}
