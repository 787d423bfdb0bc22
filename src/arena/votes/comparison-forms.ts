/** The form in which a file holds its comparisons. */
export type ComparisonForm =
  | 'tutti'
  | 'left-right-winner'
  | 'arena'
  | 'one-hot'
  | 'mt-bench-pair'
  | 'alpaca-eval'
  | 'label-studio'
  | 'arena-hard'
  | 'rankings'
  | 'pump-log';

/** How a row says who won: a word, one column a verdict, the winners of two games, or a preference from 1 to 2. */
export type VerdictKind = 'word' | 'one-hot' | 'two-games' | 'preference';

/** A form whose rows have two names and a verdict, and the columns or keys that make it. */
export interface RowForm {
  readonly form: ComparisonForm;
  readonly kind: VerdictKind;
  readonly left: string;
  readonly right: string;
  /** Columns of the verdict: one, three (left, right, tie) or two (first game, second game). */
  readonly verdicts: readonly string[];
}

const ROW_FORMS: readonly RowForm[] = [
  words('tutti', 'left', 'right', 'verdict'),
  words('left-right-winner', 'left', 'right', 'winner'),
  words('arena', 'model_a', 'model_b', 'winner'),
  words('left-right-winner', 'model_x', 'model_y', 'winner'),
  words('left-right-winner', 'model_1', 'model_2', 'winner'),
  {
    form: 'one-hot',
    kind: 'one-hot',
    left: 'model_a',
    right: 'model_b',
    verdicts: ['winner_model_a', 'winner_model_b', 'winner_tie'],
  },
  {
    form: 'mt-bench-pair',
    kind: 'two-games',
    left: 'model_1',
    right: 'model_2',
    verdicts: ['g1_winner', 'g2_winner'],
  },
  {
    form: 'alpaca-eval',
    kind: 'preference',
    left: 'generator_1',
    right: 'generator_2',
    verdicts: ['preference'],
  },
  words('label-studio', 'left', 'right', 'comparison'),
  words('label-studio', 'model_a', 'model_b', 'comparison'),
];

function words(form: ComparisonForm, left: string, right: string, verdict: string): RowForm {
  return { form, kind: 'word', left, right, verdicts: [verdict] };
}

/** The first form all of whose columns are there. */
export function rowForm(has: (column: string) => boolean): RowForm | undefined {
  return ROW_FORMS.find(({ left, right, verdicts }) => [left, right, ...verdicts].every(has));
}

/** What a reader is told who gave none of the forms. */
export const KNOWN_FORMS =
  'left, right, winner; model_a, model_b, winner; winner_model_a, winner_model_b, winner_tie; model_1, model_2, g1_winner, g2_winner; generator_1, generator_2, preference; or left, right, comparison';
