import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TuttiError } from '../../core/tutti-error.ts';
import type { ScoredText, Scorer, ScoreValue } from '../shape/scorer.ts';

const LIBRARY = '@huggingface/transformers';

/** What of the library is used. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; allowLocalModels: boolean; localModelPath: string };
  readonly pipeline: (
    task: 'text-classification',
    model: string,
    options: object,
  ) => Promise<Classify>;
}

/** Gives for each text the probability of each label, the highest first. */
interface Classify {
  (
    texts: readonly string[],
    options: { readonly top_k: number | null },
  ): Promise<readonly (readonly Labelled[] | Labelled)[]>;
  readonly model?: { readonly config?: { readonly id2label?: Readonly<Record<string, string>> } };
}

interface Labelled {
  readonly label: string;
  readonly score: number;
}

/** The probability of a label by a text classifier in a folder of the user; without one the likeliest label. */
export const scorer: Scorer = {
  name: 'classifier',
  about: `probability of a label by a text classifier (ONNX) in a folder, with ${LIBRARY} installed beside tutti`,
  argument: { form: 'DIR[:LABEL]', isRequired: true },
  needsExpected: false,
  prepare: async ({ argument, folder }) => {
    const [, directory, label] = /^(.+?)(?::([^:\\/]+))?$/s.exec(argument) ?? [];
    const classify = await openClassifier(resolve(folder, directory!));
    const labels = Object.values(classify.model?.config?.id2label ?? {});
    if (label !== undefined && labels.length > 0 && !labels.includes(label)) {
      throw new TuttiError('bad_usage', `its labels are ${labels.join(', ')}, not "${label}"`);
    }
    return { scoreBatch: (texts) => scoresOf(texts, classify, label) };
  },
};

async function scoresOf(
  texts: readonly ScoredText[],
  classify: Classify,
  label: string | undefined,
): Promise<ScoreValue[]> {
  // The library refuses to be asked for nothing.
  if (texts.length === 0) return [];
  const all = await classify(
    texts.map(({ text }) => text),
    { top_k: null },
  );
  return all.map((found) => {
    const labels = Array.isArray(found) ? (found as readonly Labelled[]) : [found as Labelled];
    if (label === undefined) return labels[0]?.label ?? null;
    return labels.find((one) => one.label === label)?.score ?? null;
  });
}

async function openClassifier(path: string): Promise<Classify> {
  const { env, pipeline } = await loadLibrary();
  // A folder of the user, and nothing else: no model is fetched by a name that looks like one.
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = '';
  try {
    return await pipeline('text-classification', path, { local_files_only: true });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new TuttiError('bad_usage', `no classifier can be opened in ${path}: ${message}`, {
      cause,
    });
  }
}

/** From where tutti itself is installed, never from the working folder. */
async function loadLibrary(): Promise<Transformers> {
  let path: string;
  try {
    path = createRequire(import.meta.url).resolve(LIBRARY);
  } catch (cause) {
    throw new TuttiError('bad_usage', `${LIBRARY} is not installed beside tutti`, {
      hint: `npm install ${LIBRARY}, where tutti is installed (npm install -g … for a global one).`,
      cause,
    });
  }
  return (await import(pathToFileURL(path).href)) as Transformers;
}
