import { css } from './fixed-text.ts';

/** The look of every page: light and dark as the reader's system has it, from 320 px on, and on paper. */
export const PAGE_STYLE = css`
:root {
  color-scheme: light dark;
  --ground: #f6f6f3; --sheet: #ffffff; --ink: #1b1d22; --quiet: #585d66; --line: #dcdcd6;
  --accent: #3451b2; --bar: #6f86d6; --bad: #b3261e; --bad-ground: #fdf0ee; --good: #1b6e43; --mark: #ffe08a; --shade: #efefea; --edge: #0002;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #131417; --sheet: #1b1d21; --ink: #e7e8ea; --quiet: #a3a8b1; --line: #34373d;
    --accent: #a5b7ff; --bar: #6d83d8; --bad: #ff9d92; --bad-ground: #301d1c; --good: #79d3a4; --mark: #665200; --shade: #25282d; --edge: #000c;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  overflow-wrap: anywhere;
}
main, .top { max-width: 80rem; margin: 0 auto; padding: 0 1.25rem; }
main { padding-bottom: 3rem; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3 { line-height: 1.25; margin: 0; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.8vw, 2.3rem); letter-spacing: -0.02em; }
h2 { font-size: 1.3rem; letter-spacing: -0.01em; margin: 0 0 0.9rem; }
h3 { font-size: 1rem; }
p { margin: 0 0 0.6rem; }
code, .code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875em; }
bdi { unicode-bidi: isolate; }
.quiet { color: var(--quiet); }
.skip { position: absolute; left: -100rem; top: 0.5rem; padding: 0.4rem 0.8rem; background: var(--sheet); z-index: 2; }
.skip:focus { left: 0.5rem; }
.top { padding-top: 2.2rem; }
.kicker { color: var(--quiet); font-size: 0.9rem; margin: 0 0 0.3rem; }
.top h1 + p { margin-top: 0.35rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.3rem 1.1rem; padding: 0; margin: 1.1rem 0 0; list-style: none; }
section { margin-top: 2.6rem; }
.badge {
  display: inline-block; border: 1px solid currentcolor; border-radius: 1rem; padding: 0 0.6em;
  font-size: 0.8rem; line-height: 1.6; font-weight: 600; white-space: nowrap;
}
.good { color: var(--good); } .bad { color: var(--bad); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.2rem, 1fr)); gap: 0.75rem; margin: 1.5rem 0 0; }
.tiles > div { background: var(--sheet); border: 1px solid var(--line); border-radius: 0.6rem; padding: 0.7rem 0.9rem; }
.tiles dt { color: var(--quiet); font-size: 0.85rem; }
.tiles dd { margin: 0; font-size: 1.4rem; font-weight: 650; letter-spacing: -0.01em; font-variant-numeric: tabular-nums; line-height: 1.3; }
.tiles dd small { display: block; font-size: 0.85rem; font-weight: 400; letter-spacing: 0; color: var(--quiet); }
.notes { margin: 1.2rem 0 0; padding: 0.8rem 1rem 0.8rem 2rem; background: var(--sheet); border: 1px solid var(--line); border-left: 4px solid var(--accent); border-radius: 0.4rem; }
.notes li + li { margin-top: 0.25rem; }
.wide {
  overflow-x: auto;
  /* A shadow at an edge beyond which there is more. */
  background:
    linear-gradient(to right, var(--sheet) 30%, transparent) left / 3rem 100% local,
    linear-gradient(to left, var(--sheet) 30%, transparent) right / 3rem 100% local,
    linear-gradient(to right, var(--edge), transparent) left / 0.6rem 100% scroll,
    linear-gradient(to left, var(--edge), transparent) right / 0.6rem 100% scroll,
    var(--sheet);
  background-repeat: no-repeat; border: 1px solid var(--line); border-radius: 0.6rem; }
.wide + * { margin-top: 1.2rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.925rem; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding: 0.75rem 0.9rem 0.2rem; color: var(--quiet); }
caption span { display: inline-block; position: sticky; left: 0.9rem; max-width: min(100%, calc(100vw - 3.8rem)); overflow-wrap: anywhere; }
th, td { padding: 0.45rem 0.9rem; text-align: start; vertical-align: top; overflow-wrap: normal; }
thead th { color: var(--quiet); font-weight: 500; white-space: nowrap; border-bottom: 1px solid var(--line); vertical-align: bottom; }
tbody tr + tr > *, tfoot tr > * { border-top: 1px solid var(--line); }
tbody th { font-weight: 600; } tfoot th, tfoot td { font-weight: 600; }
th[scope="row"] { position: sticky; left: 0; background: var(--sheet); min-width: 9.5rem; max-width: 18rem; overflow-wrap: anywhere; }
.number { text-align: end; white-space: nowrap; }
.figure { min-width: 9rem; vertical-align: middle; }
.long { min-width: 17rem; overflow-wrap: anywhere; }
.figures + p { margin-top: 0.9rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 1rem; }
figure { margin: 0; min-width: 0; background: var(--sheet); border: 1px solid var(--line); border-radius: 0.6rem; padding: 0.9rem 1rem 0.6rem; }
figcaption { font-weight: 600; margin-bottom: 0.5rem; }
.series + .series { margin-top: 0.5rem; }
.series p { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; margin: 0; font-size: 0.875rem; }
.series p span { color: var(--quiet); font-variant-numeric: tabular-nums; }
svg { display: block; overflow: visible; }
.series svg { border-bottom: 1px solid var(--line); }
rect { fill: var(--bar); stroke: var(--sheet); stroke-width: 1; }
.median { stroke: var(--ink); stroke-width: 1.5; }
.axis line { stroke: var(--quiet); } .axis text { fill: var(--quiet); font-size: 0.75rem; }
.ground { stroke: var(--line); } .span { stroke: var(--bar); stroke-width: 5; stroke-linecap: round; } circle { fill: var(--accent); stroke: var(--sheet); stroke-width: 1.5; }
details > summary { cursor: pointer; color: var(--accent); font-size: 0.9rem; width: fit-content; }
dl.facts { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 0.35rem 1.2rem; margin: 0 0 1rem; }
dl.facts dt { color: var(--quiet); } dl.facts dd { margin: 0; min-width: 0; }
footer { margin-top: 3rem; color: var(--quiet); font-size: 0.9rem; border-top: 1px solid var(--line); padding-top: 1rem; }
@media (max-width: 40rem) {
  main, .top { padding-left: 0.9rem; padding-right: 0.9rem; }
  th, td { padding-left: 0.6rem; padding-right: 0.6rem; }
  th[scope="row"] { max-width: 10rem; }
  .tiles { grid-template-columns: 1fr 1fr; gap: 0.5rem; }
  .tiles > :last-child:nth-child(odd) { grid-column: span 2; }
}
@media print {
  :root { --ground: #fff; --shade: #fff; }
  body { font-size: 10pt; }
  nav, .skip { display: none; }
  .wide { overflow: visible; border: 0; }
  th, td { padding: 0.2rem 0.4rem; }
  figure, tr, .tiles > div { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  @supports selector(::details-content) {
    details::details-content { content-visibility: visible; display: block; block-size: auto; }
    details > summary { display: none; }
  }
}
`;
