import type { RunReport, ShownPrompt } from '../../../experiment/report/index.ts';
import { type Content, type Html, html } from '../../../pages/index.ts';
import { countOf, countText } from '../../render/figures.ts';
import { renderAnswer } from './answer-part.ts';
import { renderText } from './shown-text.ts';

/** Renders answers side by side, prompt by prompt, with what searches and filters them. */
export function renderAnswers(report: RunReport): Html | undefined {
  const { prompts } = report.shown;
  if (prompts.length === 0) return undefined;
  const models = [...new Set(prompts.flatMap(({ rows }) => rows.map(({ model }) => model)))];
  const numbers = new Map(models.map((model, number) => [model, number]));
  return html`<p class="quiet">${whatIsShown(report)}</p>
<div class="list" data-list="">
${renderFilters(prompts, models)}
${prompts.map((prompt, index) => renderPrompt(prompt, index + 1, numbers))}
</div>`;
}

function whatIsShown({ total, shown }: RunReport): string {
  const { rows, failed, cutTexts } = shown;
  const sentences = [
    rows === total.rows
      ? `All ${countOf(rows, 'row')}.`
      : `${countText(rows)} of ${countOf(total.rows, 'row')}: prompts chosen by a fair draw that is the same every time, with the answers to them, and ${failed === total.failed ? 'all' : `${countText(failed)} of ${countText(total.failed)}`} failed rows.`,
  ];
  if (cutTexts > 0) {
    sentences.push(
      `Of ${countOf(cutTexts, 'text')} only the beginning is here; the results have them whole.`,
    );
  }
  return sentences.join(' ');
}

function renderFilters(prompts: readonly ShownPrompt[], models: readonly string[]): Html {
  const tags = new Set(prompts.flatMap(tagsOf));
  const choices = Object.entries(TAGS).filter(([tag]) => tags.has(tag));
  return html`<div class="filters" role="search" data-filters="" hidden>
<label>Search prompts, answers, ids <input type="search" data-search="" autocomplete="off"></label>
<label>Model <select data-part-filter=""><option value="">all models</option>${models.map((model, number) => html`<option value="${number}">${model}</option>`)}</select></label>
<label>Show <select data-tag-filter=""><option value="">all prompts</option>${choices.map(([tag, name]) => html`<option value="${tag}">${name}</option>`)}</select></label>
<p role="status" data-count=""></p>
</div>`;
}

const TAGS: Readonly<Record<string, string>> = {
  failed: 'with a failed row',
  differing: 'with different answers',
  same: 'with equal answers',
  cut: 'with a cut answer',
  'not-asked': 'not asked',
};

function tagsOf({ rows, differing }: ShownPrompt): string[] {
  const some = (tag: string, isThere: boolean) => (isThere ? [tag] : []);
  const answered = rows.filter(({ status }) => status === 'answered').length;
  return [
    ...some(
      'failed',
      rows.some(({ status }) => status === 'failed'),
    ),
    ...some('differing', differing > 1),
    ...some('same', differing === 1 && answered > 1),
    ...some(
      'cut',
      rows.some(({ isCut }) => isCut),
    ),
    ...some(
      'not-asked',
      rows.some(({ status }) => status === 'not_asked'),
    ),
  ];
}

function renderPrompt(
  prompt: ShownPrompt,
  number: number,
  models: ReadonlyMap<string, number>,
): Html {
  const { texts, expected, rows } = prompt;
  return html`<article data-item="" data-tags="${tagsOf(prompt).join(' ')}" aria-labelledby="prompt-${number}">
<header><h3 id="prompt-${number}">Prompt ${countText(number)} <small>${countsOf(prompt)}</small></h3>
${texts.map(renderText)}
${expected !== null && html`<span class="label">expected</span><div class="text" dir="auto">${expected}</div>`}</header>
<div class="parts">
${rows.map((row) => renderAnswer(row, models.get(row.model)!))}</div>
</article>
`;
}

function countsOf({ rows, left, differing }: ShownPrompt): Content {
  const answered = rows.filter(({ status }) => status === 'answered').length;
  const counts = [
    countOf(answered, 'answer'),
    ...(answered > 1
      ? [differing === 1 ? 'all the same' : `${countText(differing)} different`]
      : []),
    ...(left === null ? ['shown for what failed; other answers are left out'] : []),
    ...(left !== null && left > 0 ? [`${countOf(left, 'row')} more left out`] : []),
  ];
  return counts.join(' · ');
}
