import { anchor, cap, rowCondition } from '../../src/cli/command-line/option-values.ts';
import { parameter } from '../../src/cli/command-line/parameter.ts';
import { displayWidth, fitLine, fitMiddle } from '../../src/cli/terminal/display-width.ts';
import { wrapLine, wrapTail } from '../../src/cli/terminal/wrap-text.ts';
import { parseDurationMs } from '../../src/core/duration.ts';
import { parseExactJson } from '../../src/core/exact-json.ts';
import { jsonStringEnd } from '../../src/core/json-string-end.ts';
import { namesOfModel } from '../../src/core/maker-names.ts';
import { nearestName } from '../../src/core/nearest-name.ts';
import { replaceMentions } from '../../src/core/option-mention.ts';
import { plainLine, plainText } from '../../src/core/plain-text.ts';
import { withoutLineEnds } from '../../src/core/without-line-ends.ts';
import { rowFiller } from '../../src/experiment/forms/fill-row.ts';
import { splitNumberedList } from '../../src/experiment/rephrase/split-numbered-list.ts';
import { jsonMistakeIndex } from '../../src/experiment/row/json-mistake.ts';
import { readList } from '../../src/experiment/row/list-reply.ts';
import { findSuspicions, parseRow } from '../../src/experiment/row/parse-row.ts';
import { csvLine } from '../../src/io/delimited/csv-line.ts';
import { LineSplitter } from '../../src/io/line-splitter.ts';
import { readConfidence } from '../../src/judge/confidence.ts';
import { maskNames } from '../../src/judge/mask-names.ts';
import { pickVerdict, rankingVerdict } from '../../src/judge/ranking-verdict.ts';
import { readVerdict } from '../../src/judge/verdict.ts';
import { readVerdictForm } from '../../src/judge/verdict-form.ts';
import { findJson } from '../../src/map/data/json-in-answer.ts';
import { keyMistakes } from '../../src/map/data/key-mistakes.ts';
import { readColumns } from '../../src/map/data/output-column.ts';
import { readPart } from '../../src/media/parts/read-part.ts';
import { kindOfType, typeOfName } from '../../src/media/types/kind-of-type.ts';
import { parseEnvFile } from '../../src/runtime/environment/env-file.ts';
import { variableKind } from '../../src/runtime/environment/variable-names.ts';
import { shownReference } from '../../src/runtime/models/model-problem.ts';
import { parseReference } from '../../src/runtime/models/references.ts';
import { parseSettings } from '../../src/runtime/settings/parse-settings.ts';
import { changesOfEnv, changesOfSettings } from '../../src/runtime/trust/project-changes.ts';
import { textPieces } from '../../src/sim/protocols/text-pieces.ts';
import { experimentName } from '../../src/store/experiment-name.ts';
import { parseJournalLine } from '../../src/store/journal-line.ts';
import { endAsWritten } from '../../src/store/own-line.ts';
import { renameTopLevelKeys } from '../../src/store/top-level-keys.ts';
import { compileDollar, hasDollarField } from '../../src/templates/dollar-template.ts';
import { compileFormat } from '../../src/templates/format-template.ts';
import { compileLiquid } from '../../src/templates/liquid-template.ts';

/** Everything that reads a text, by what it reads. Throwing is an answer. */
export type Readers = Readonly<Record<string, (text: string) => unknown>>;

const PIECE = 1000;
const KNOWN = { keys: new Set(['OPENAI_API_KEY']), others: new Set(['OPENAI_BASE_URL']) };

/** Cuts bytes as they arrive. */
export function* piecesOf(text: string, size = PIECE): Generator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function stringEnds(text: string): void {
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at))
    at = jsonStringEnd(text, at);
}

/** As replies, and as what is between the tags of one. */
function verdicts(text: string): void {
  const form = readVerdictForm('label:yes,no');
  if ('problem' in form) return;
  const labels = ['A', 'B'];
  for (const reply of [text, `<verdict key="0a">${text}</verdict>`, `<verdict key="0a">${text}`]) {
    const keyed = reply.replaceAll('ab', '<verdict key="0a">');
    readVerdict(keyed, form.kind, '0a');
    readVerdict(keyed, rankingVerdict(labels), '0a');
    readVerdict(keyed, pickVerdict(labels), '0a');
  }
}

const NAMES = namesOfModel('openai/gpt-4o-mini', { alias: 'ab' });

function splitLines(text: string): void {
  const splitter = new LineSplitter(1e6);
  for (const piece of piecesOf(text)) splitter.push(Buffer.from(piece));
  splitter.end();
}

/** What reads texts of rows, files, settings and the command line, and what shows them. */
export const TEXT_READERS: Readers = {
  verdict: verdicts,
  confidence: (text) => readConfidence(text),
  'names of models in an answer': (text) => [
    maskNames(text, NAMES),
    maskNames(text.replaceAll('ab', 'gpt-'), NAMES),
    namesOfModel(text, { prompt: text }),
  ],
  'numbered list': splitNumberedList,
  'list in a reply': (text) =>
    [text, `<list key="0a">${text}</list>`].map((one) => readList(one, 2, '0a')),
  'form of a verdict': readVerdictForm,
  'template of str.format': (text) => compileFormat(text).render({ a: 'x' }),
  'template in Liquid': (text) => compileLiquid(text, {}).render({ a: 'x' }),
  'template with dollar signs': (text) => [
    hasDollarField(text),
    compileDollar(text).render({ a: 'x' }),
  ],
  'objects in an answer': (text) =>
    ['stop', 'length', null].map((reason) =>
      findJson(text, reason, { repair: (json) => json, isList: true }),
    ),
  'keys of objects': (text) => keyMistakes(text, []),
  'columns that come out': readColumns,
  'plain text': plainText,
  'plain line': (text) => plainLine(text),
  'line wrapping': (text) => wrapLine(text, 80),
  'wrapping of a tail': (text) => wrapTail(text, 80, 24),
  'display width': (text) => [displayWidth(text), fitLine(text, 80), fitMiddle(text, 80)],
  'exact JSON': parseExactJson,
  'ends of JSON strings': stringEnds,
  'place of a mistake in JSON': jsonMistakeIndex,
  'row of an experiment': (text) => parseRow(text, 1),
  'filling of a row': (text) => [
    rowFiller({})(text),
    rowFiller({ system: 'x', models: ['a/1'] })(text),
  ],
  'suspicions of a row': (text) => findSuspicions(text, 1),
  'renaming of keys': (text) => renameTopLevelKeys(text, (key) => `${key}-x`),
  'part of a message': (text) => [
    readPart({ type: 'image', image: text }),
    readPart({ type: 'image_url', image_url: { url: `data:${text}` } }),
    readPart({ type: 'image', source: { media: text, media_type: text } }),
  ],
  'type of a name': (text) => [typeOfName(text), typeOfName(`${text}\n`), kindOfType(text)],
  'line of a journal': (text) => [parseJournalLine(text), endAsWritten(text, 0)],
  'lines of a file': splitLines,
  'name of an experiment': experimentName,
  duration: (text) => parseDurationMs(text, 's'),
  'nearest name': (text) => nearestName(text, ['openai', `${text}x`]),
  'mention of an option': (text) => replaceMentions(text, () => undefined),
  reference: parseReference,
  'reference as shown': (text) => shownReference(`http://${text}`),
  '.env file': (text) => changesOfEnv(parseEnvFile(text), KNOWN),
  'name of a variable': (text) => variableKind(text, KNOWN),
  'prompt of standard input': withoutLineEnds,
  'condition of rows': (text) => rowCondition(text),
  cap: (text) => cap(text),
  anchor: (text) => anchor(text),
  parameter: (text) => parameter(text),
  'cell of a spreadsheet': (text) => csvLine([text], { excelSafe: true }),
  "simulated model's stream": textPieces,
  settings: (text) => changesOfSettings(parseSettings(Buffer.from(text), 'tutti.yaml'), '/'),
};
