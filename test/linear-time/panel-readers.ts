import { behindThinking } from '../../src/core/behind-thinking.ts';
import { decimalDistance, decimalKey, isSameDecimal } from '../../src/core/decimal.ts';
import { outputForm } from '../../src/map/data/output-form.ts';
import { readData } from '../../src/map/data/read-data.ts';
import { readResult, textOfUnread } from '../../src/panel/consortium/arbiter/result-reply.ts';
import { readMemberWord } from '../../src/runtime/consortiums/member-word.ts';
import { parseConsortium } from '../../src/runtime/consortiums/parse-consortium.ts';
import { answerExtractor } from '../../src/scorers/extraction/answer-extractor.ts';
import type { Readers } from './text-readers.ts';

const KEY = '0a';

/** As a reply, as what is in a result of its own, and as what opens and closes parts. */
function results(text: string): void {
  for (const reply of [
    text,
    `<result key="${KEY}">${text}</result key="${KEY}">`,
    text.replaceAll('ab', `<result key="${KEY}">`),
    `<result key="${KEY}">${text.replaceAll('a', '<synthesis>')}</result key="${KEY}">`,
    `<result key="${KEY}">${text.replaceAll('a', '</area><area>')}</result key="${KEY}">`,
  ]) {
    readResult(reply, KEY);
    textOfUnread(reply, KEY);
  }
}

const EXTRACTORS = [null, 'number', 'choice', 'text', 'json:/a/0', 're:(a+)+b'].map((name) => {
  const found = answerExtractor(name);
  if ('problem' in found) throw new Error(found.problem);
  return found;
});

const form = await outputForm({ columns: 'a,b:integer,c:string[]' });
if ('problems' in form) throw new Error(form.problems.join());
// Mending takes time by the square of a text, whose length has a bound.
const FORM = { ...form, repair: (text: string) => text };

/** What reads the answers of members, arbiters and of who makes rows, and files of consortiums. */
export const PANEL_READERS: Readers = {
  'result of an arbiter': results,
  'answer in a response': (text) =>
    [text, `Answer: ${text}`, `${text}\nAnswer: a`].map((one) => EXTRACTORS.map((of) => of(one))),
  'text behind thinking': (text) =>
    [text, `<think>${text}`, text.replaceAll('ab', '<think>')].map(behindThinking),
  'decimal number': (text) => [
    decimalKey(text),
    isSameDecimal(text, '1'),
    decimalDistance(text, '1'),
  ],
  'rows in an answer': (text) =>
    ['stop', 'length', null].map((reason) => readData(text, reason, FORM)),
  'file of a consortium': (text) => parseConsortium(Buffer.from(text), 'c.yaml'),
  'member of a consortium': readMemberWord,
};
