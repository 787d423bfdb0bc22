import type { Verdict, VerdictKind } from '../../judge/index.ts';
import { readVerdictForm } from '../../judge/verdict-form.ts';

/** How the reply to a row must look, which is asked for once more where it does not. */
export type ReplyForm =
  | VerdictReply
  /** So many different texts. */
  | { readonly kind: 'list'; readonly count: number }
  /** A translation into that language, which is translated back in a second call. */
  | { readonly kind: 'via'; readonly language: string };

/** A verdict on the answer that the row shows. */
export interface VerdictReply {
  readonly kind: 'verdict';
  readonly verdict: VerdictKind<Verdict>;
  /** The labels that it can be; null for a score. */
  readonly labels: readonly string[] | null;
}

/** What a row says of the reply to it. */
export interface WantedReply {
  readonly form: ReplyForm;
  /** The key of its tags. */
  readonly key: string;
}

/** A language as users write it: `fr`, `pt-BR`, `Swiss German`. */
export const LANGUAGE = /^[\p{L}][\p{L}\p{M}\p{N} ()-]{0,59}$/u;
/** What can be a key in tags. */
const KEY = /^[0-9a-f]{16}$/;
const MAX_LIST = 1000;

/** Reads the keys of a row that say which reply is wanted. @returns what they must be, as the end of a sentence, where they are none */
export function readReplyForm(
  form: string,
  key: unknown,
): WantedReply | { readonly key: 'reply_form' | 'reply_key'; readonly problem: string } {
  const read = formOf(form);
  if ('problem' in read) return { key: 'reply_form', problem: read.problem };
  if (typeof key === 'string' && KEY.test(key)) return { form: read, key };
  return { key: 'reply_key', problem: 'must be 16 hexadecimal digits' };
}

function formOf(text: string): ReplyForm | { readonly problem: string } {
  const [, name = '', rest = ''] = /^(list|via):(.*)$/s.exec(text) ?? [];
  if (name === 'list') {
    const count = /^\d{1,4}$/.test(rest) ? Number(rest) : 0;
    if (count >= 1 && count <= MAX_LIST) return { kind: 'list', count };
    return { problem: `must be list: and a number from 1 to ${MAX_LIST}` };
  }
  if (name === 'via') {
    if (LANGUAGE.test(rest)) return { kind: 'via', language: rest };
    return { problem: 'must be via: and a language' };
  }
  const verdict = readVerdictForm(text);
  if ('problem' in verdict) return verdict;
  return { kind: 'verdict', verdict: verdict.kind, labels: verdict.labels };
}
