import type { ShownRow } from '../../../experiment/report/index.ts';
import { type Content, type Html, html, renderName } from '../../../pages/index.ts';
import { countText, dollarsText, durationText, tokensText } from '../../render/figures.ts';
import { renderText } from './shown-text.ts';

/**
 * Renders an answer, or why there is none.
 *
 * @param model number of its model, for the filter
 */
export function renderAnswer(row: ShownRow, model: number): Html {
  const { line, status, error, texts, isCut, parameters, scores, notes } = row;
  const marks: Content[] = [
    ...(isCut ? ['cut at the token limit'] : []),
    ...scores.map(({ key, value }) => html`${key} <b><bdi>${value}</bdi></b>`),
    ...(parameters === null ? [] : [html`<span class="code">${parameters}</span>`]),
    ...notes,
  ];
  return html`<div class="part ${status}" id="row-${line}" data-part="${model}">
<h4>${renderName(row.model)}${badge(status)}</h4>
<p class="facts-line">${factsOf(row).map((fact) => html`<span>${fact}</span>`)}</p>
${error !== null && html`<p class="said"><span class="code">${error.code}</span> ${error.message}</p>${error.hint !== null && html`<p class="quiet">${error.hint}</p>`}`}
${texts.map(renderText)}${status === 'answered' && texts.every(({ text }) => text === '') && html`<p class="quiet">no text</p>`}
${marks.length > 0 && html`<ul class="marks">${marks.map((mark) => html`<li>${mark}</li>`)}</ul>`}
</div>
`;
}

function badge(status: ShownRow['status']): Content {
  if (status === 'answered') return null;
  return html`<span class="badge ${status === 'failed' ? 'bad' : 'quiet'}">${status === 'failed' ? 'failed' : 'not asked'}</span>`;
}

function factsOf(row: ShownRow): Content[] {
  const { id, line, latencyMs, inputTokens, outputTokens, costUsd, attempts } = row;
  const hasTokens = inputTokens !== null || outputTokens !== null;
  return [
    ...(latencyMs === null || row.status === 'not_asked' ? [] : [durationText(latencyMs)]),
    ...(hasTokens ? [`${tokensText(inputTokens)} → ${tokensText(outputTokens)} tokens`] : []),
    ...(costUsd === null ? [] : [dollarsText(costUsd)]),
    ...(attempts !== null && attempts > 1 ? [`${countText(attempts)} tries`] : []),
    id === null ? `line ${line}` : html`<bdi>${id}</bdi> · line ${line}`,
  ];
}
