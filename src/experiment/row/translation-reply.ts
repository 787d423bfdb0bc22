import { isJsonObject } from '../../core/json.ts';
import { type ReadReply, readKeyedJson } from '../../judge/index.ts';

/** A translation, and from which language it was made. */
export interface Translation {
  readonly from: string;
  readonly text: string;
}

/** What a request for a translation ends with that is to be translated back. */
export function translationInstruction(key: string): string {
  return (
    'End your reply with JSON between tags with this key, and nothing behind it:\n' +
    `<translation key="${key}">{"from": L, "text": T}</translation>\n` +
    'where L is the English name of the language of the original, and T the translation, both in quotation marks.'
  );
}

/** Writes the second question to a model whose translation cannot be read. */
export function askTranslationAgain(mistake: string, key: string): string {
  return `Your reply ${mistake}. ${translationInstruction(key)}`;
}

/** Reads a translation from a reply. */
export function readTranslation(reply: string, key: string): ReadReply<Translation> {
  const found = readKeyedJson(reply, 'translation', key);
  if ('mistake' in found) return found;
  const { value } = found;
  if (!isJsonObject(value)) return { mistake: 'has a translation that is no JSON object' };
  const { from, text } = value;
  if (typeof from !== 'string' || !/^[\p{L}][\p{L}\p{M} ()-]{0,59}$/u.test(from)) {
    return { mistake: 'has a translation without the name of a language as "from"' };
  }
  if (typeof text === 'string' && text.trim() !== '') return { value: { from, text } };
  return { mistake: 'has a translation without a "text"' };
}
