import { behindThinking } from '../../../core/behind-thinking.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { type ReadReply, readConfidence } from '../../../judge/index.ts';

/** What an arbiter wrote. */
export interface ArbiterResult {
  readonly synthesis: string;
  /** From 0 to 1. */
  readonly confidence: number;
  readonly analysis: string | null;
  readonly dissent: string | null;
  readonly refinementAreas: readonly string[];
  readonly needsIteration: boolean;
}

/** Parts of a result, as they are asked for. */
const PARTS = [
  'synthesis',
  'confidence',
  'analysis',
  'dissent',
  'refinement_areas',
  'needs_iteration',
] as const;
type Part = (typeof PARTS)[number];

/** Stands in the form in the place of an answer. */
const NO_SYNTHESIS = 'ANSWER';

/** The form of a result, with capital words in the places of values: repeating it is no result. */
export function resultForm(key: string): string {
  return [
    `<result key="${key}">`,
    `<synthesis>${NO_SYNTHESIS}</synthesis>`,
    '<confidence>NUMBER</confidence>',
    '<analysis>TEXT</analysis>',
    '<dissent>TEXT</dissent>',
    '<refinement_areas><area>TEXT</area></refinement_areas>',
    '<needs_iteration>TRUE OR FALSE</needs_iteration>',
    `</result key="${key}">`,
  ].join('\n');
}

/**
 * Reads the last closed `<result key="KEY">` of a reply. White space, the case of the tags, the order of the parts and a
 * code fence around them are tolerated; any other key is somebody else's. Only synthesis and confidence must be there.
 */
export function readResult(reply: string, key: string): ReadReply<ArbiterResult> {
  const inside = lastResult(behindThinking(reply), key);
  if (inside === null) return { mistake: `has no closed <result key="${key}">` };
  const parts = partsOf(inside);
  if ('mistake' in parts) return parts;
  const synthesis = parts.found.get('synthesis')?.trim() ?? '';
  if (synthesis === '' || synthesis === NO_SYNTHESIS)
    return { mistake: 'has a result without a <synthesis>' };
  const confidence = readConfidence(parts.found.get('confidence'));
  if (confidence === undefined || confidence === null) {
    const found = shown(parts.found.get('confidence'));
    return { mistake: `has a result with ${found} as its <confidence>, not a number from 0 to 1` };
  }
  const wanted = readTruth(parts.found.get('needs_iteration'));
  if (wanted === undefined) {
    const found = shown(parts.found.get('needs_iteration'));
    return { mistake: `has a result with ${found} as its <needs_iteration>, not true or false` };
  }
  return {
    value: {
      ...{ synthesis, confidence, needsIteration: wanted },
      analysis: textOrNull(parts.found.get('analysis')),
      dissent: textOrNull(parts.found.get('dissent')),
      refinementAreas: areasOf(parts.found.get('refinement_areas') ?? ''),
    },
  };
}

/**
 * The text of a reply without a result that can be read: its last synthesis where one can be told, else all but its thinking.
 *
 * @returns null where it only repeats the form
 */
export function textOfUnread(reply: string, key: string): string | null {
  const text = behindThinking(reply);
  const pieces = text.split(openingOf(key)).slice(1);
  const syntheses = pieces.flatMap((piece) => openSynthesis(piece) ?? []);
  const said = syntheses.findLast((synthesis) => synthesis !== '' && synthesis !== NO_SYNTHESIS);
  if (said !== undefined) return said;
  return syntheses.includes(NO_SYNTHESIS) ? null : text.trim();
}

/** What stands in the first synthesis of a result, even if that is not closed. */
function openSynthesis(inside: string): string | undefined {
  const start = tagAt(inside, 'synthesis', false, 0);
  if (start === null) return undefined;
  const end = tagAt(inside, 'synthesis', true, start.end) ?? nextOpening(inside, start.end);
  return inside.slice(start.end, end?.start ?? inside.length).trim();
}

function openingOf(key: string): RegExp {
  return new RegExp(
    `<\\s{0,9}[rR][eE][sS][uU][lL][tT]\\s{1,9}[kK][eE][yY]\\s{0,9}=\\s{0,9}["']${key}["']\\s{0,9}>`,
    'g',
  );
}

/** What stands between the last opening tag that is closed and the last tag that closes it. */
function lastResult(reply: string, key: string): string | null {
  const closings = [...reply.matchAll(/<\s{0,9}\/\s{0,9}result\b[^<>]{0,100}>/gi)];
  const last = closings.at(-1);
  if (last === undefined) return null;
  const openings = [...reply.matchAll(openingOf(key))].filter(({ index }) => index < last.index);
  const opening = openings.at(-1);
  if (opening === undefined) return null;
  return reply.slice(opening.index + opening[0].length, last.index);
}

/** The parts side by side: what stands within one, be it a tag, is its text. */
function partsOf(
  inside: string,
): { readonly found: ReadonlyMap<Part, string> } | { readonly mistake: string } {
  const found = new Map<Part, string>();
  let at = 0;
  for (;;) {
    const opening = nextOpening(inside, at);
    if (opening === null) return { found };
    const { part } = opening;
    // An answer may speak of tags itself: the last one closes it.
    const closing =
      part === 'synthesis'
        ? lastClosing(inside, part, opening.end)
        : tagAt(inside, part, true, opening.end);
    if (closing === null) return { mistake: `has a result with a <${part}> that is not closed` };
    if (found.has(part)) return { mistake: `has a result with <${part}> twice` };
    found.set(part, inside.slice(opening.end, closing.start));
    at = closing.end;
  }
}

interface Tag {
  readonly start: number;
  readonly end: number;
}

function nextOpening(text: string, from: number): (Tag & { readonly part: Part }) | null {
  const pattern = new RegExp(`<\\s{0,9}(${PARTS.join('|')})\\s{0,9}>`, 'gi');
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  if (found === null) return null;
  const part = found[1]!.toLowerCase() as Part;
  return { part, start: found.index, end: found.index + found[0].length };
}

function tagAt(text: string, part: Part, isClosing: boolean, from: number): Tag | null {
  const pattern = new RegExp(`<\\s{0,9}${isClosing ? '/\\s{0,9}' : ''}${part}\\s{0,9}>`, 'gi');
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  return found === null ? null : { start: found.index, end: found.index + found[0].length };
}

function lastClosing(text: string, part: Part, from: number): Tag | null {
  const pattern = new RegExp(`<\\s{0,9}/\\s{0,9}${part}\\s{0,9}>`, 'gi');
  const found = [...text.matchAll(pattern)].findLast(({ index }) => index >= from);
  return found === undefined ? null : { start: found.index, end: found.index + found[0].length };
}

/** `true`, `false`, `yes`, `no`, white space around it; nothing is no. Undefined for anything else. */
function readTruth(text: string | undefined): boolean | undefined {
  const word = (text ?? '').trim().toLowerCase().replace(/\.$/, '');
  if (word === 'true' || word === 'yes') return true;
  return word === 'false' || word === 'no' || word === '' ? false : undefined;
}

/** What models write where there is nothing to say. */
const NOTHING = /^(?:none|n\/a|nothing|no|-|TEXT)?[.\s]*$/i;

function textOrNull(text: string | undefined): string | null {
  const said = text?.trim() ?? '';
  return NOTHING.test(said) ? null : said;
}

/** Most refinement areas that are handed on. */
const MAX_AREAS = 20;

/** Each `<area>`; the lines where there is none. */
function areasOf(text: string): string[] {
  const tagged = text.split(/<\s{0,9}\/?\s{0,9}area\s{0,9}>/i);
  const areas =
    tagged.length > 1 ? tagged : text.split('\n').map((line) => line.replace(/^\s*[-*•]\s/, ''));
  return areas.flatMap((area) => textOrNull(area) ?? []).slice(0, MAX_AREAS);
}

function shown(text: string | undefined): string {
  return text === undefined ? 'nothing' : JSON.stringify(plainLine(text, 40));
}
