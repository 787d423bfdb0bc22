import { Readable } from 'node:stream';
import { openArrowRows } from '../../src/io/arrow/open-arrow-rows.ts';
import { readRows } from '../../src/io/datasets/index.ts';
import { jsonArrayRows } from '../../src/io/json-array/index.ts';
import { readJsonSchema } from '../../src/json-schema/index.ts';
import { objectsOfCell } from '../../src/map/explosion.ts';
import { chunksOf } from '../../src/map/overflow/chunks.ts';
import { cutInMiddle } from '../../src/map/overflow/left-out.ts';
import { comparedText } from '../../src/map/quality/compared-text.ts';
import { shinglesOf } from '../../src/map/quality/min-hash.ts';
import { readCondition } from '../../src/templates/liquid-condition.ts';
import { templateSyntax } from '../../src/templates/template-syntax.ts';
import { piecesOf, type Readers } from './text-readers.ts';

async function all(rows: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of rows);
}

const inPieces = (text: string) => Readable.from(piecesOf(text), { objectMode: false });

const rowsNamed =
  (name: string, before = '', after = '') =>
  (text: string) =>
    all(
      readRows(inPieces(before + text + after), {
        name,
        isHeader: () => true,
        cellsOf: () => () => '{}',
      }),
    );

/** What follows the mark of an Arrow file or stream. */
async function arrowOf(start: Buffer, text: string): Promise<void> {
  const bytes = Buffer.concat([start, Buffer.from(text)]);
  await all((await openArrowRows(inPieces(bytes.toString('latin1')), 'rows.arrow')).batches);
}

/** The mark of a message, and its size. */
function messageStart(text: string): Buffer {
  const start = Buffer.alloc(8);
  start.writeInt32LE(-1, 0);
  start.writeInt32LE(Math.ceil(Buffer.byteLength(text) / 8) * 8, 4);
  return start;
}

const OBJECT = readJsonSchema({
  type: 'array',
  uniqueItems: true,
  items: { type: 'object', additionalProperties: { type: 'string', maxLength: 5 } },
});

/** What reads files of rows, their cells, and what a map says of them. */
export const TABLE_READERS: Readers = {
  'JSON list': (text) => all(jsonArrayRows(inPieces(text), 'rows.json')),
  'value of a JSON list': (text) => all(jsonArrayRows(inPieces(`[{"a":${text}},1]`), 'rows.json')),
  'text in a JSON list': (text) => all(jsonArrayRows(inPieces(`["${text}",1]`), 'rows.json')),
  'file of JSON': rowsNamed('rows.json'),
  'file of JSON lines': rowsNamed('rows.jsonl'),
  'file of CSV': rowsNamed('rows.csv', 'a,b\n'),
  'header of a CSV file': rowsNamed('rows.csv', '', '\n1,2\n'),
  'file of TSV': rowsNamed('rows.tsv', 'a\tb\n'),
  'file of any form': rowsNamed('-'),
  'Arrow file': (text) => arrowOf(Buffer.from('ARROW1\0\0'), text),
  'Arrow stream': (text) => arrowOf(Buffer.from([255, 255, 255, 255]), text),
  'message of an Arrow stream': (text) => arrowOf(messageStart(text), text),
  'cell with objects': (text) => objectsOfCell(text),
  'schema of a file': (text) => readJsonSchema(JSON.parse(text)),
  'words of a schema': (text) =>
    readJsonSchema({ type: 'object', properties: { [text]: { title: text } }, required: [text] }),
  'objects by a schema': (text) => {
    const items = Array.from({ length: text.length / 20 }, (_, at) => ({
      [text.slice(at, at + 9)]: at,
    }));
    return [OBJECT.mistakesIn(items), OBJECT.mistakesIn([{ [text]: text }])];
  },
  'pieces of a text': (text) => chunksOf(text, 800, 200),
  'text without its middle': (text) => cutInMiddle(text, 100),
  'texts that are compared': (text) => shinglesOf(comparedText(text)),
  'condition of a map': (text) => readCondition(text).holds({ a: text }),
  'kind of a template': templateSyntax,
};
