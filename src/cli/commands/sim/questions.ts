import { defineCommand } from '../../command-line/command.ts';
import { valueOption } from '../../command-line/option.ts';
import { countFrom, oneOf } from '../../command-line/option-values.ts';
import { EXIT_OK } from '../../context/exit-code.ts';

const KINDS = ['yesno', 'choice', 'number'] as const;
const MOST = 1_000_000;
const USUAL_COUNT = 100;
/** Rows that are written at once. */
const ROWS_AT_ONCE = 500;

/** `tutti sim questions`. */
export const questionsCommand = defineCommand({
  name: 'sim questions',
  summary: 'print questions whose right answers are known, as an experiment',
  description:
    'Prints rows with id, prompt and expected_response as JSON lines: sums whose text tells the truth, so that simulated members of panels (sim/member?skill=0.7) know the right answer and give it with their skill. No two are equal; the same seed gives the same ones.',
  arguments: [],
  options: {
    count: valueOption('--n N', 'How many', countFrom(1, MOST), String(USUAL_COUNT)),
    kind: valueOption(
      '--kind KIND',
      'yesno (true or false), choice (one of four) or number (open)',
      oneOf(KINDS),
      'yesno',
    ),
    seed: valueOption('--seed N', 'Another one gives other questions', countFrom(0), '1'),
  },
  examples: [
    {
      line: 'tutti sim questions --n 500 --kind choice > questions.jsonl',
      does: 'Keep 500 questions with four choices',
    },
  ],
  exitCodes: { 0: 'done', 1: null },
  async run({ options }, { stdout }) {
    const { makeQuestions } = await import('../../../sim/questions/make-questions.ts');
    const { count = USUAL_COUNT, kind = 'yesno', seed = 1 } = options;
    let lines = '';
    let waiting = 0;
    for (const row of makeQuestions(count, kind, seed)) {
      lines += `${JSON.stringify(row)}\n`;
      if (++waiting < ROWS_AT_ONCE) continue;
      stdout.write(lines);
      await stdout.flush();
      lines = '';
      waiting = 0;
    }
    stdout.write(lines);
    return EXIT_OK;
  },
});
