import { plainLine } from '../../../core/plain-text.ts';
import type { FineTuningFormat } from '../../../experiment/fine-tuning/fine-tuning-format.ts';
import type { ExportedExamples } from '../../../runtime/index.ts';
import { countOf, countText } from '../../render/figures.ts';

/** Renders what became of the rows: the files, and what is wrong with which rows. */
export function renderExamples(
  { training, validation, removed, wrong, flaws }: ExportedExamples,
  { isEstimated, drop }: { readonly isEstimated: boolean; readonly drop: boolean },
): string {
  const files = [...training, ...validation].map(({ file, rows, tokens }) => {
    const about = isEstimated ? '≈ ' : '';
    return `${countOf(rows, 'example')}, ${about}${countOf(tokens, 'token')} in ${plainLine(file, 1000)}\n`;
  });
  const found = flaws.map(({ flaw, count, rows }) => {
    const more = count > rows.length ? ', …' : '';
    return `${flaw}: ${countOf(count, 'row')} (${rows.join(', ')}${more})\n`;
  });
  const end =
    wrong === 0
      ? ''
      : drop
        ? `${countText(wrong)} left out\n`
        : 'nothing is written: --drop leaves these rows out\n';
  const gone = removed.map((file) => `${plainLine(file, 1000)} of an earlier export is removed\n`);
  return [...files, ...gone, ...found, end].join('');
}

/** Writes the same as one line of JSON. */
export function renderExamplesJson(
  format: FineTuningFormat,
  { training, validation, removed, rows, wrong, flaws }: ExportedExamples,
  isEstimated: boolean,
): string {
  const told = {
    format,
    rows,
    wrong,
    training,
    validation,
    removed,
    flaws,
    tokensAreEstimated: isEstimated,
  };
  return `${JSON.stringify(told)}\n`;
}
