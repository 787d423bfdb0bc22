import { Readable } from 'node:stream';
import { containerOf } from '../../src/arena/votes/container.ts';
import { itemName } from '../../src/arena/votes/item-name.ts';
import { parseJson } from '../../src/arena/votes/json-text.ts';
import { leakTest } from '../../src/arena/votes/leak-words.ts';
import { isMissingWord } from '../../src/arena/votes/missing-words.ts';
import { readComparisons } from '../../src/arena/votes/read-comparisons.ts';
import { readRatingMatrix } from '../../src/arena/votes/read-rating-matrix.ts';
import { readRenames } from '../../src/arena/votes/read-renames.ts';
import { timeOfVerdict } from '../../src/arena/votes/time-of-verdict.ts';
import { numberIn, readVerdict } from '../../src/arena/votes/verdict-words.ts';
import { LEAK_WORDS } from '../../src/core/maker-names.ts';
import { piecesOf, type Readers } from './text-readers.ts';

const named = (text: string) => ({ name: 'votes', stream: Readable.from(piecesOf(text, 65_536)) });
const comparisons =
  (before: string, after = '') =>
  (text: string) =>
    readComparisons([named(before + text + after)], { skipInvalid: true });
const leaks = leakTest(LEAK_WORDS);

/** What reads files of comparisons, and their cells. */
export const VOTE_READERS: Readers = {
  'file of comparisons': comparisons(''),
  'rows of a table': comparisons('left,right,winner\nA,B,left\n'),
  'rows of a table with tabs': comparisons('left\tright\twinner\nA\tB\tleft\n'),
  'cell of a table': comparisons('left,right,winner\nA,B,left\nA,', ',left\nB,A,left\n'),
  'quoted cell of a table': comparisons('left,right,winner\nA,B,left\nA,"', '",left\nB,A,left\n'),
  'header of a table': comparisons('left,right,winner,', '\nA,B,left\n'),
  'JSON lines of comparisons': comparisons('{"left":"A","right":"B","winner":"left"}\n'),
  'JSON list of comparisons': comparisons('[{"left":"A","right":"B","winner":"left"},\n', ']'),
  'log of a panel': comparisons(
    'Running the pump for the following providers\nab\n__\n\nFinal preference results:\nab\n__\n',
  ),
  'verdicts of a panel': comparisons(
    '{"prompt":"a","judge":"J","shown":["A","B"],"ranking":[["A"],["B"]],"status":"ok"}\n',
  ),
  renames: (text) => readRenames(named(`from,to\na,b\n${text}`)),
  'matrix of ratings': (text) => readRatingMatrix(named(`1,2\n${text}`)),
  'kind of a file': (text) => containerOf(Buffer.from(text), Buffer.byteLength(text)),
  'JSON with NaN': parseJson,
  verdict: (text) => [readVerdict(text), numberIn(text), isMissingWord(text)],
  'time of a verdict': timeOfVerdict,
  'name of an item': (text) => itemName(text),
  'leak of a name': (text) => leaks({ conversation_a: text }),
};
