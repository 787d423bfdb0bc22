import type { Asked } from '../protocols/protocol.ts';

/** An answer that is shown to a judge. */
export interface ShownAnswer {
  /** Empty where it has none. */
  readonly label: string;
  readonly text: string;
}

/** What a judge or an arbiter is asked. */
export interface AskedVerdict {
  readonly kind: 'score' | 'label' | 'ranking' | 'pick' | 'result';
  /** The key of its fences. */
  readonly key: string;
  /** From the form of the verdict on. */
  readonly rules: string;
  /** What was asked of those who answered; empty where it is not shown. */
  readonly prompt: string;
  /** As they are shown. */
  readonly answers: readonly ShownAnswer[];
}

const FORM =
  /<verdict key="([0-9a-f]{1,64})">\s{0,9}\{\s{0,9}"(score|label|ranking|pick)"|<result key="([0-9a-f]{1,64})">/g;

/** Reads what a request asks of a judge or an arbiter; undefined where it asks for no verdict. */
export function readAskedVerdict({ prompt, messages }: Asked): AskedVerdict | undefined {
  const form = [...prompt.matchAll(FORM)].at(-1);
  if (form === undefined) return undefined;
  const key = form[1] ?? form[3] ?? '';
  // A second ask shows the answers no more: they stand in the first.
  const shown = messages.map(({ text }) => text).join('\n');
  return {
    kind: (form[2] ?? 'result') as AskedVerdict['kind'],
    key,
    rules: prompt.slice(form.index),
    prompt: betweenFences(shown, 'prompt', key)[0]?.text ?? '',
    answers: betweenFences(shown, 'answer', key),
  };
}

/** What stands between fences of one name with a key. */
function betweenFences(text: string, name: string, key: string): ShownAnswer[] {
  const opening = new RegExp(`<${name}((?: [^<>]{0,200})?) key="${key}">`, 'g');
  const closing = `</${name} key="${key}">`;
  const found: ShownAnswer[] = [];
  for (let open = opening.exec(text); open !== null; open = opening.exec(text)) {
    const end = text.indexOf(closing, opening.lastIndex);
    if (end < 0) break;
    const said = text.slice(opening.lastIndex, end);
    const label = /\blabel="([^"]*)"/.exec(open[1] ?? '')?.[1] ?? '';
    found.push({ label, text: said.replace(/^\n|\n$/g, '') });
    opening.lastIndex = end + closing.length;
  }
  return found;
}
