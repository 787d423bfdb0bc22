import type { ShownText } from '../../../experiment/report/index.ts';
import { type Html, html } from '../../../pages/index.ts';
import { countText } from '../../render/figures.ts';

const PREVIEW_CHARACTERS = 600;
const PREVIEW_LINES = 10;
/** What is hardly longer is not worth a fold. */
const LEAST_FOLDED = 200;
const LEAST_FOLDED_LINES = 5;

/** Renders a text as it is, in whatever direction it is written; of a long one the rest is folded away. */
export function renderText({ label, text, left }: ShownText): Html {
  const head = label !== null && html`<span class="label"><bdi>${label}</bdi></span>`;
  if (text === '' && head !== false) return head;
  const end = left > 0 && html`<span class="quiet"> … ${countText(left)} more characters</span>`;
  const preview = previewOf(text);
  if (preview === text) return html`${head}<div class="text" dir="auto">${text}${end}</div>`;
  return html`${head}<div class="text preview" dir="auto">${preview}…</div>
<details><summary>All ${countText(text.length)} characters</summary><div class="text" dir="auto">${text}${end}</div></details>`;
}

/** The beginning of a text, or all of it where hardly more would be folded away. */
function previewOf(text: string): string {
  const lines = text.split('\n', PREVIEW_LINES + LEAST_FOLDED_LINES + 1);
  const start = lines.slice(0, PREVIEW_LINES).join('\n').slice(0, PREVIEW_CHARACTERS);
  const isLittle = lines.length <= PREVIEW_LINES + LEAST_FOLDED_LINES;
  return isLittle && text.length - start.length <= LEAST_FOLDED ? text : start.trimEnd();
}
