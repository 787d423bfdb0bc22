import { VERSION } from '../../../core/version.ts';
import type { RunReport } from '../../../experiment/report/index.ts';
import {
  type Html,
  html,
  LIST_SCRIPT,
  LIST_STYLE,
  PAGE_STYLE,
  renderPage,
} from '../../../pages/index.ts';
import { renderAnswers } from './answers-section.ts';
import { renderErrors } from './errors-section.ts';
import { renderModels } from './models-section.ts';
import { renderScores } from './scores-section.ts';
import { renderSettings } from './settings-section.ts';
import { renderTop } from './top-section.ts';

/** A part of the page; undefined where the run has nothing of it. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html | undefined;
}

/** Renders a report as a page that is one file. */
export function renderReport(report: RunReport): string {
  const sections: readonly Section[] = [
    { id: 'models', title: 'Models', content: renderModels(report) },
    { id: 'scores', title: 'Scores', content: renderScores(report) },
    { id: 'errors', title: 'Errors', content: renderErrors(report) },
    { id: 'answers', title: 'Answers', content: renderAnswers(report) },
    { id: 'settings', title: 'Settings', content: renderSettings(report) },
  ];
  const there = sections.filter(({ content }) => content !== undefined);
  const body = html`<a class="skip" href="#main">Skip to the figures</a>
<header class="top">
${renderTop(report)}
<nav aria-label="Sections"><ul>${there.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
</header>
<main id="main">
${there.map(renderSection)}
<footer><p>Made by tutti ${VERSION}. This page is one file: it loads nothing and sends nothing, and nothing of an answer is run.</p></footer>
</main>`;
  return renderPage({
    title: `${report.name} · tutti report`,
    parts: [PAGE_STYLE, LIST_STYLE, LIST_SCRIPT],
    body,
  });
}

function renderSection({ id, title, content }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>
`;
}
