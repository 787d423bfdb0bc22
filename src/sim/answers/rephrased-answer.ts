import type { Asked } from '../protocols/protocol.ts';

const USUAL = /^(?:Rephrase|Translate) the following (?:prompt|text)\b/;
const LIST = /<list key="([0-9a-f]{1,64})">/;
const TRANSLATION = /<translation key="([0-9a-f]{1,64})">/;
const COUNT = /^Give (\d{1,4}) different texts\./;
/** With what the form that a reply must have begins, behind the prompt. */
const FORMS = ['\n\nGive ', '\n\nEnd your reply '];
/** Characters of a prompt that are repeated. */
const MOST = 4_000;

/**
 * Answers a request for other words for a prompt, or for a translation, with the prompt behind other words: as a list or
 * as JSON where that is asked for. Undefined where none is asked for.
 */
export function rephrasedAnswer({ prompt }: Asked): string | undefined {
  const listKey = LIST.exec(prompt)?.[1];
  const translationKey = TRANSLATION.exec(prompt)?.[1];
  if (listKey === undefined && translationKey === undefined && !USUAL.test(prompt))
    return undefined;
  const { original, form } = takenApart(prompt);
  if (listKey !== undefined) {
    const count = Number(COUNT.exec(form)?.[1] ?? 1);
    const texts = Array.from(
      { length: count },
      (_, at) => `Put differently (${at + 1}): ${original}`,
    );
    return `<list key="${listKey}">${JSON.stringify(texts)}</list>`;
  }
  if (translationKey !== undefined) {
    const translation = JSON.stringify({ from: 'English', text: original });
    return `<translation key="${translationKey}">${translation}</translation>`;
  }
  return `Put differently: ${original}`;
}

/** The prompt stands behind the first blank line of what is asked, and before the form of the reply. */
function takenApart(prompt: string): { readonly original: string; readonly form: string } {
  const formAt = Math.max(...FORMS.map((beginning) => prompt.lastIndexOf(beginning)));
  const task = formAt < 0 ? prompt : prompt.slice(0, formAt);
  const blank = task.indexOf('\n\n');
  const original = (blank < 0 ? task : task.slice(blank + 2)).slice(0, MOST);
  return { original, form: formAt < 0 ? '' : prompt.slice(formAt + 2) };
}
