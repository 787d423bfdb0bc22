import { TuttiError } from '../core/tutti-error.ts';
import {
  type AnswerToPair,
  type PairPlan,
  type PlanPairsOptions,
  planPairs,
} from '../ranking/index.ts';
import {
  conditionsHold,
  conditionText,
  type RowCondition,
  unknownColumn,
  unknownValue,
} from './tables/row-conditions.ts';
import {
  type ComparisonSource,
  type ReadAnswer,
  readAnswers,
  readComparisons,
} from './votes/index.ts';

/** What is paired. */
export interface PairsRequest {
  /** Answers of models: results of LLMFAO or completed records. */
  readonly files: readonly ComparisonSource[];
  /** Items without answers, by name; used when there is no file. */
  readonly items: readonly string[];
  /** JSON lines with an `id` for each prompt, whose columns `where` may name. */
  readonly prompts?: string | undefined;
  readonly where?: readonly RowCondition[] | undefined;
  /** Files with what was judged already. */
  readonly comparisons?: readonly ComparisonSource[] | undefined;
  readonly options: Omit<PlanPairsOptions, 'comparisons'>;
}

/**
 * Chooses the pairs to be judged next.
 *
 * @throws TuttiError `file_missing`, `file_unreadable`, `bad_input`, `bad_usage`, `too_many_items`.
 */
export async function choosePairs(request: PairsRequest): Promise<PairPlan> {
  const { files, items, where = [], comparisons = [], options } = request;
  if (files.length > 0 && items.length > 0) {
    throw new TuttiError('bad_usage', 'Give either answers in files or the names of items.');
  }
  const answers: AnswerToPair[] = items.map((item) => ({ item }));
  for (const file of files) {
    const read = await readAnswers(file, { prompts: request.prompts });
    answers.push(...chosenAnswers(read, where));
  }
  const table = comparisons.length === 0 ? undefined : (await readComparisons(comparisons)).table;
  if (answers.length === 0 && files.length === 0 && table !== undefined) {
    answers.push(...table.items.map((item) => ({ item })));
  }
  return planPairs(answers, { ...options, comparisons: table });
}

function chosenAnswers(
  answers: readonly ReadAnswer[],
  where: readonly RowCondition[],
): readonly ReadAnswer[] {
  for (const condition of where) requireKnown(answers, condition);
  const chosen = answers.filter(({ columns }) =>
    conditionsHold(where, (column) => columns.get(column)),
  );
  if (chosen.length > 0) return chosen;
  const what = where.length > 0 ? ` with ${where.map(conditionText).join(', ')}` : '';
  throw new TuttiError('bad_input', `There is no answer${what}.`);
}

function requireKnown(answers: readonly ReadAnswer[], condition: RowCondition): void {
  const columns = new Set(answers.flatMap((answer) => [...answer.columns.keys()]));
  if (!columns.has(condition.column)) throw unknownColumn(condition.column, [...columns]);
  const values = new Set(answers.flatMap((one) => one.columns.get(condition.column) ?? []));
  if (!values.has(condition.value)) throw unknownValue(condition, [...values]);
}
