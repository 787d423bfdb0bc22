import type { Answer } from '../../../../core/answer.ts';
import { behindThinking } from '../../../../core/behind-thinking.ts';
import { plainLine } from '../../../../core/plain-text.ts';
import type { RoundAnswer, Selection, Strategy } from '../strategy.ts';
import { averageLinkage } from './average-linkage.ts';

/** Only the answers that are most alike in meaning go on. */
export const strategy: Strategy = {
  name: 'semantic',
  about: 'the largest group of answers that are alike by their embeddings goes on to the arbiter',
  parameters: [
    { name: 'embedder', kind: 'model', about: 'the model that makes the embeddings' },
    {
      name: 'cut',
      kind: 'number',
      about: 'cosine distance up to which groups are joined (average linkage)',
      default: 0.25,
      least: 0,
      most: 2,
    },
  ],
  prepare: ({ parameters, models }) => ({
    select: async (answers, { ask, asked }) => {
      const embedder = models.embedder;
      if (embedder === undefined) throw new TypeError('no embedder was opened');
      if (answers.length < 2) return { kept: answers };
      const sorted = answers.toSorted((a, b) => a.member - b.member);
      const messages = sorted.map(({ text }) => ({
        role: 'user',
        content: behindThinking(text),
      }));
      const question = { messages, mode: 'embedding' as const };
      const answer = await ask('embeddings', embedder, question, { optional: true });
      const vectors = vectorsOf(answer, sorted.length);
      if (typeof vectors === 'string') {
        const who = plainLine(embedder.reference, 100);
        return {
          kept: sorted,
          degraded: [`all answers went on: ${who} gave no embeddings: ${vectors}`],
        };
      }
      return largest(sorted, averageLinkage(vectors, Number(parameters.cut)), asked.length);
    },
  }),
};

function largest(
  answers: readonly RoundAnswer[],
  clusters: readonly (readonly number[])[],
  asked: number,
): Selection {
  const [first = [], second = []] = clusters;
  return {
    kept: first.map((at) => answers[at]!),
    agreement: {
      groups: clusters.map((cluster, number) => ({
        answer: `group ${number + 1}`,
        members: cluster.map((at) => answers[at]!.id),
      })),
      share: first.length / asked,
      tied: first.length === second.length,
    },
  };
}

/** The vectors of an answer, or why there are none. */
function vectorsOf({ error, texts }: Answer, count: number): number[][] | string {
  if (error !== null) return plainLine(error.message, 200);
  if (texts.length !== count) return `${texts.length} for ${count} texts`;
  const vectors: number[][] = [];
  for (const text of texts) {
    const vector = vectorOf(text);
    if (vector === undefined || vector.length !== (vectors[0] ?? vector).length) {
      return 'what came are no lists of as many numbers each';
    }
    vectors.push(vector);
  }
  return vectors;
}

function vectorOf(text: string): number[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const isVector = Array.isArray(value) && value.length > 0 && value.every(Number.isFinite);
    return isVector ? (value as number[]) : undefined;
  } catch {
    return undefined;
  }
}
