import { parseExactJson } from '../core/exact-json.ts';
import { isJsonObject, type JsonObject } from '../core/json.ts';
import { plainLine } from '../core/plain-text.ts';
import { readVerdict } from '../judge/index.ts';
import type { AddedKeys, RecordKeys } from '../store/index.ts';
import { sourceOf } from './made-rows/made-row.ts';
import { readReplyForm, type VerdictReply } from './row/reply-form.ts';
import {
  type Aggregates,
  labelKey,
  type RowValue,
  rowFacts,
  SummaryCollector,
} from './summary/index.ts';

const NAMES = ['verdict', 'verdict_reason', 'verdict_error'] as const;
const [KEY] = NAMES;

/** Keys by their names. */
type VerdictJson = Partial<Record<(typeof NAMES)[number], string | number | null>>;

/**
 * Adds to the records of judges what their replies say: `verdict`, `verdict_reason`, and `verdict_error` where a reply has
 * none. It is read from the reply alone, so that it is the same whenever the record is written. All records are given once.
 */
export class VerdictKeys implements RecordKeys {
  readonly names = NAMES;
  /** Verdicts that were read. */
  given = 0;
  /** Replies without one. */
  missing = 0;
  readonly #collector = new SummaryCollector();

  async of(records: readonly string[]): Promise<readonly AddedKeys[]> {
    return records.map((record) => this.#keysOf(parseExactJson(record) as JsonObject));
  }

  /**
   * What the verdicts so far tell of the judged models, by judge and template: means of scores, under the key `verdict`; of
   * two labels the share of the first, of more the share of each, under `verdict:LABEL`.
   */
  aggregates(): Aggregates {
    return this.#collector.aggregates();
  }

  #keysOf(record: JsonObject): AddedKeys {
    const { answer, reply_form: form, reply_key: key, response } = record;
    const reply = typeof form === 'string' ? readReplyForm(form, key) : undefined;
    if (reply === undefined || 'problem' in reply || reply.form.kind !== 'verdict')
      return new Map();
    if (!isJsonObject(answer) || answer.status !== 'ok') {
      this.#collect(record, reply.form, null);
      return new Map();
    }
    const text = typeof response === 'string' ? response : '';
    const read = readVerdict(text, reply.form.verdict, reply.key);
    if ('value' in read) {
      const { verdict, reason } = read.value;
      this.given++;
      this.#collect(record, reply.form, verdict);
      return textsOf({ verdict, verdict_reason: reason });
    }
    this.missing++;
    this.#collect(record, reply.form, null);
    const error = `the reply ${plainLine(read.mistake, 300)}`;
    return textsOf({ verdict: null, verdict_reason: null, verdict_error: error });
  }

  /** The row that was judged says whose it is, and what was asked. */
  #collect(record: JsonObject, { labels }: VerdictReply, verdict: string | number | null): void {
    const { judge, template_name: template, reply_form: form } = record;
    this.#collector.add({
      ...rowFacts(Object.fromEntries(sourceOf(record)), undefined),
      ...(typeof judge === 'string' && { judge }),
      ...(typeof template === 'string' && { template }),
      values: valuesOf(labels, verdict),
      isScale: labels === null && form !== 'score:0-1',
    });
  }
}

function valuesOf(
  labels: readonly string[] | null,
  verdict: string | number | null,
): ReadonlyMap<string, readonly RowValue[]> {
  if (labels === null) return new Map([[KEY, [verdict]]]);
  const shareOf = (label: string) => [verdict === null ? null : verdict === label];
  const [first = '', , third] = labels;
  if (third === undefined) return new Map([[KEY, shareOf(first)]]);
  return new Map(labels.map((label) => [labelKey(KEY, label), shareOf(label)]));
}

function textsOf(keys: VerdictJson): AddedKeys {
  return new Map(Object.entries(keys).map(([name, value]) => [name, JSON.stringify(value)]));
}
