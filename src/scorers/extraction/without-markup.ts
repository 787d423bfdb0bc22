/** Emphasis that begins before a word or ends behind one; what stands between two, as in `2**10`, is none. */
const EMPHASIS =
  /(?<=^|[\s("'“‘[])(?:\*{1,3}|_{1,3}|`)(?=[^\s*_`])|(?<=[^\s*_`])(?:\*{1,3}|_{1,3}|`)(?=$|[\s.,;:!?)\]"'”’–—-])/g;
/** LaTeX around the whole: a formula, or a command that only says how it looks. */
const WRAPPED =
  /^(?:\$\$?([^$]*)\$\$?|\\\((.*)\\\)|\\\[(.*)\\\]|\\(?:boxed|fbox|text|textbf|textit|texttt|mathrm|mathbf|mathit)\s?\{(.*)\})\.?$/s;
const MOST_WRAPPERS = 8;

/** An answer without emphasis, and without LaTeX that stands around all of it: `**Yes**, it is`, `$\boxed{\text{A}}$`. */
export function withoutMarkup(said: string): string {
  let text = said.replace(EMPHASIS, '');
  for (let layer = 0; layer < MOST_WRAPPERS; layer++) {
    const found = WRAPPED.exec(text.trim())
      ?.slice(1)
      .find((inner) => inner !== undefined);
    if (found === undefined || !isBalanced(found)) break;
    text = found;
  }
  return text;
}

/** Braces, and the brackets of LaTeX around formulas. */
const BRACKET = /\\[([]|\\[)\]]|[{}]/g;

/** False where a bracket closes that was opened outside: there are two, not one around all. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const [bracket] of text.matchAll(BRACKET)) {
    if (/[{([]$/.test(bracket)) depth++;
    else if (--depth < 0) return false;
  }
  return depth === 0;
}
