import type { MemberOptions } from './consortium-options.ts';

const MOST = 20;

/** A word that names a member, or what is wrong with it, as the end of a sentence. */
export type ReadMember = { readonly value: MemberOptions } | { readonly problem: string };

/**
 * Reads `MODEL[:N]`: a number behind the last colon is how often the model is asked, from 1 to 20; any other tail belongs
 * to its name, as in `ollama/llama3:8b` and `openrouter/x:free`.
 */
export function readMemberWord(word: string): ReadMember {
  const text = word.trim();
  const [, head = '', digits = ''] = /^(.*):(\d+)$/s.exec(text) ?? [];
  if (digits === '') {
    return text === '' ? { problem: 'must be a model' } : { value: { model: text, count: 1 } };
  }
  if (head.trim() === '') return { problem: 'names no model before the colon' };
  const count = Number(digits);
  if (count >= 1 && count <= MOST) return { value: { model: head.trim(), count } };
  return {
    problem: `ends in :${digits.slice(0, 20)}, which is no number of instances (1 to ${MOST}); if it belongs to the name, write a file with count: 1`,
  };
}
