import type { Threshold } from '../../runtime/index.ts';
import { SCORERS } from '../../scorers/index.ts';
import { anyText, type Parsed, repeatedOption, valueOption } from './option.ts';
import { name, nameList, numberFrom } from './option-values.ts';

const NAMES = Object.entries(SCORERS).map(([scorer, { form }]) => `${scorer}${form}`);

/** The options of everything that scores answers. */
export const SCORE_OPTIONS = {
  scores: repeatedOption(
    '--score [KEY=]NAME[:ARGUMENT]',
    `Score each answer, as the key KEY of its record: ${NAMES.join(', ')}, or a file such as ./my-scorer.ts`,
    anyText,
  ),
  thresholds: repeatedOption(
    '--threshold KEY=MEAN',
    "End with exit code 1 if a model's mean of a key is below",
    threshold,
  ),
  unit: valueOption(
    '--unit KEY',
    'Key of a row that says what is answered, in whatever wording: rows of one unit count as one observation',
    name,
    'input-id, else the prompt',
  ),
  compare: repeatedOption(
    '--compare MODEL,MODEL',
    'Compare the scores of these models only',
    twoModels,
  ),
} as const;

/** Reads `KEY=MEAN`; the last `=` splits. */
function threshold(text: string): Parsed<Threshold> {
  const at = text.lastIndexOf('=');
  const mean = numberFrom(-1e9, 1e9)(text.slice(at + 1));
  return at > 0 && 'value' in mean
    ? { value: { key: text.slice(0, at), mean: mean.value } }
    : { problem: 'must be KEY=MEAN, such as match=0.8' };
}

function twoModels(text: string): Parsed<readonly string[]> {
  const names = nameList(text);
  if ('problem' in names || new Set(names.value).size < 2) {
    return { problem: 'must be two models or more, separated by commas' };
  }
  return names;
}
