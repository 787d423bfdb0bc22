import { parseExactJson } from '../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import { readVerdict } from '../judge/index.ts';
import type { AddedKeys, RecordKeys } from '../store/index.ts';
import { readReplyForm } from './row/reply-form.ts';

const NAMES = ['verdict', 'verdict_reason', 'verdict_error'] as const;

/** Keys by their names. */
type VerdictJson = Partial<Record<(typeof NAMES)[number], string | number | null>>;

/**
 * Adds to the records of judges what their replies say: `verdict`, `verdict_reason`, and `verdict_error` where a reply has
 * none. It is read from the reply alone, so that it is the same whenever the record is written.
 */
export class VerdictKeys implements RecordKeys {
  readonly names = NAMES;
  /** Verdicts that were read. */
  given = 0;
  /** Replies without one. */
  missing = 0;

  async of(records: readonly string[]): Promise<readonly AddedKeys[]> {
    return records.map((record) => this.#keysOf(parseExactJson(record) as JsonObject));
  }

  #keysOf(record: JsonObject): AddedKeys {
    const { answer, reply_form: form, reply_key: key, response } = record;
    const isAnswered = isJsonObject(answer) && answer.status === 'ok';
    const reply = isAnswered && typeof form === 'string' ? readReplyForm(form, key) : undefined;
    if (reply === undefined || 'problem' in reply || reply.form.kind !== 'verdict')
      return new Map();
    const text = typeof response === 'string' ? response : '';
    const read = readVerdict(text, reply.form.verdict, reply.key);
    if ('value' in read) {
      this.given++;
      return textsOf({ verdict: read.value.verdict, verdict_reason: read.value.reason });
    }
    this.missing++;
    const error = `the reply ${plainLine(read.mistake, 300)}`;
    return textsOf({ verdict: null, verdict_reason: null, verdict_error: error });
  }
}

function textsOf(keys: VerdictJson): AddedKeys {
  return new Map(Object.entries(keys).map(([name, value]) => [name, JSON.stringify(value)]));
}
