import type { ModelFigures, RunReport } from '../../../experiment/report/index.ts';
import { type Content, type Html, html } from '../../../pages/index.ts';
import { countOf, countText, durationText, shortSpendText } from '../../render/figures.ts';
import { percentText } from '../../render/statistics-text.ts';

/** Renders the head of a report: what was run, the figures of the whole run, what to know before reading on. */
export function renderTop(report: RunReport): Html {
  const { name, run } = report;
  const notes = notesOf(report);
  return html`<p class="kicker">tutti report</p>
<h1><bdi>${name}</bdi></h1>
<p class="quiet">${run !== null && html`Run ${run.folder} <span class="badge ${run.state === 'finished' ? 'good' : 'bad'}">${run.state === 'finished' ? 'finished' : 'not finished'}</span>`}${run === null && 'A file of results'}</p>
<dl class="tiles">${tilesOf(report).map(([term, value, more]) => html`<div><dt>${term}</dt><dd>${value}${more && html`<small>${more}</small>`}</dd></div>`)}</dl>
${notes.length > 0 && html`<ul class="notes">${notes.map((note) => html`<li>${note}</li>`)}</ul>`}`;
}

function tilesOf({ total, models, firstAskedAt, lastAnsweredAt }: RunReport) {
  const { rows, answered, failed, notAsked, inputTokens, outputTokens } = total;
  const share = (count: number) => (rows === 0 ? '' : percentText(count / rows));
  const tiles: (readonly [term: string, value: Content, more: Content])[] = [
    ['Rows', countText(rows), countOf(models.length, 'model')],
    ['Answered', countText(answered), share(answered)],
    [
      'Failed',
      html`<span class="${failed > 0 ? 'bad' : ''}">${countText(failed)}</span>`,
      share(failed),
    ],
  ];
  if (notAsked > 0) tiles.push(['Not asked', countText(notAsked), share(notAsked)]);
  tiles.push(
    ['Tokens in', countText(inputTokens), ''],
    ['Tokens out', countText(outputTokens), ''],
    ['Cost', costOf(total), ''],
  );
  if (firstAskedAt !== null && lastAnsweredAt !== null) {
    const spanMs = Date.parse(lastAnsweredAt) - Date.parse(firstAskedAt);
    const since = `since ${firstAskedAt.slice(0, 16).replace('T', ' ')} UTC`;
    tiles.push(['Time', durationText(Math.max(0, spanMs)), since]);
  }
  return tiles;
}

/** What the rows of a model, or all of them, have cost. */
export function costOf({ costUsd, unknownCosts }: ModelFigures): string {
  return costUsd === null && unknownCosts === 0 ? '$0' : shortSpendText(costUsd ?? 0, unknownCosts);
}

function notesOf({ total, models, shown, run }: RunReport): Content[] {
  const { rows, failed, notAsked, cut, unknownCosts, triesMore } = total;
  const simulated = models.length > 0 && models.every(({ model }) => model.startsWith('sim/'));
  const notes: Content[] = [];
  if (simulated) notes.push('Simulated: no model was asked, and nothing was paid.');
  if (notAsked > 0) {
    const isOpen = run !== null && run.state !== 'finished';
    notes.push(
      `${countOf(notAsked, 'row has', 'rows have')} not been asked${isOpen ? '; the run can go on' : ''}.`,
    );
  }
  if (failed > 0) notes.push(html`${countOf(failed, 'row')} failed: <a href="#errors">errors</a>.`);
  if (cut > 0) notes.push(`${countOf(cut, 'answer was', 'answers were')} cut at the token limit.`);
  if (unknownCosts > 0) {
    notes.push(
      `The price of ${countOf(unknownCosts, 'row')} is not known: the run has cost more than it says here.`,
    );
  }
  if (triesMore > 0) {
    notes.push(`${countOf(triesMore, 'request was', 'requests were')} sent again after an error.`);
  }
  if (shown.rows > 0 && shown.rows < rows) {
    notes.push(
      html`Figures are of all rows, <a href="#answers">answers</a> of ${countText(shown.rows)} of them.`,
    );
  }
  return notes;
}
