import { type ReadReply, readKeyedJson } from '../../judge/index.ts';

/** What a request for several texts ends with. */
export function listInstruction(count: number, key: string): string {
  const what = count === 1 ? 'one text' : `${count} different texts`;
  return (
    `Give ${what}. End your reply with a JSON list of them between tags with this key, and nothing behind it:\n` +
    `<list key="${key}">[T, …]</list>\nwhere each T is one text in quotation marks.`
  );
}

/** Writes the second question to a model whose list cannot be read. */
export function askListAgain(mistake: string, count: number, key: string): string {
  return `Your reply ${mistake}. ${listInstruction(count, key)}`;
}

/** Reads so many different texts from a reply. */
export function readList(reply: string, count: number, key: string): ReadReply<readonly string[]> {
  const found = readKeyedJson(reply, 'list', key);
  if ('mistake' in found) return found;
  const { value } = found;
  if (!Array.isArray(value)) return { mistake: 'has a list that is no JSON list' };
  const texts = value.filter((text) => typeof text === 'string' && text.trim() !== '') as string[];
  if (texts.length < value.length) return { mistake: 'has a list with something that is no text' };
  const different = new Set(texts.map((text) => text.trim())).size;
  if (different === count && texts.length === count) return { value: texts };
  if (texts.length !== count) return { mistake: `has ${texts.length} texts, not ${count}` };
  return { mistake: `has ${different} different texts, not ${count}` };
}
