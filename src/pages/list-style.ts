import { css } from './fixed-text.ts';

/** The look of a list of items with parts side by side, and of what filters it. */
export const LIST_STYLE = css`
.filters {
  display: flex; flex-wrap: wrap; gap: 0.7rem 1rem; align-items: end; margin-bottom: 1rem; padding: 0.8rem 1rem;
  background: var(--sheet); border: 1px solid var(--line); border-radius: 0.6rem;
}
.filters[hidden] { display: none; }
.filters label { display: grid; gap: 0.15rem; font-size: 0.85rem; color: var(--quiet); flex: 1 1 9rem; min-width: 0; }
.filters label:first-child { flex: 3 1 14rem; }
.filters p { flex: 1 0 100%; margin: 0; font-size: 0.9rem; }
input, select {
  font: inherit; font-size: 1rem; color: var(--ink); background: var(--ground); border: 1px solid var(--quiet);
  border-radius: 0.4rem; padding: 0.4rem 0.6rem; width: 100%; min-width: 0; min-height: 2.6rem;
}
@media (min-width: 48rem) { .filters { position: sticky; top: 0; z-index: 1; } .filters p { flex: 0 0 auto; padding-bottom: 0.5rem; } article { scroll-margin-top: 6rem; } }
article { background: var(--sheet); border: 1px solid var(--line); border-radius: 0.6rem; margin-bottom: 1.1rem; contain-intrinsic-size: auto 22rem; content-visibility: auto; }
article[hidden], [data-part][hidden] { display: none; }
article > header { padding: 0.9rem 1.1rem; border-bottom: 1px solid var(--line); }
article h3 { display: flex; flex-wrap: wrap; gap: 0.2rem 0.8rem; align-items: baseline; font-size: 0.9rem; color: var(--quiet); font-weight: 600; }
article h3 small { font-weight: 400; font-size: 0.85rem; }
.text { white-space: pre-wrap; margin: 0.3rem 0 0; unicode-bidi: plaintext; text-align: start; }
article > header .text { font-size: 1.05rem; }
.label { display: block; margin-top: 0.7rem; color: var(--quiet); font-size: 0.8rem; font-weight: 600; }
.label:first-child { margin-top: 0; }
.preview:has(+ details[open]) { display: none; }
.parts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
.part { padding: 0.9rem 1.1rem; border-top: 1px solid var(--line); margin-top: -1px; box-shadow: -1px 0 0 var(--line); min-width: 0; scroll-margin-top: 6rem; }
.parts { overflow: clip; border-radius: 0 0 0.6rem 0.6rem; }
.part.failed { background: var(--bad-ground); }
.part h4 { display: flex; flex-wrap: wrap; gap: 0.1rem 0.6rem; align-items: baseline; margin: 0; font-size: 0.95rem; }
.part:target { box-shadow: inset 0 0 0 3px var(--accent); }
.facts-line { display: flex; flex-wrap: wrap; gap: 0 0.8rem; margin: 0.1rem 0 0.4rem; font-size: 0.85rem; color: var(--quiet); font-variant-numeric: tabular-nums; }
.marks { display: flex; flex-wrap: wrap; gap: 0.3rem; margin: 0.6rem 0 0; padding: 0; list-style: none; font-size: 0.85rem; }
.marks li { background: var(--shade); border-radius: 0.3rem; padding: 0.05rem 0.5rem; }
.said { color: var(--bad); margin: 0.2rem 0; white-space: pre-wrap; }
::highlight(found) { background-color: var(--mark); }
@media print {
  .filters { display: none; }
  article { content-visibility: visible; border-color: #999; break-inside: auto; }
  .part { break-inside: avoid; }
  @supports selector(::details-content) { .preview:has(+ details) { display: none; } }
}
`;
