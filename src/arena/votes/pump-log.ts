import { basename, dirname } from 'node:path';
import type { JsonContext } from './json-row.ts';
import { addRankingPairs } from './ranking-pairs.ts';

/** What the log of a panel begins with, after warnings. */
export const PUMP_MARK = 'Running the pump for the following providers';
const RESULTS_MARK = 'Final preference results:';
const RANKED =
  /^[ \t]{0,8}(\d{1,4})\.[ \t]{0,8}\**[ \t]{0,8}Response[ \t]{1,8}(\d{1,4})[ \t]{0,8}\(([^()\n]{1,200})\)/gm;

/**
 * Reads a log of parallellm-pump: after the mark each member's name, underlined as long as it is, and
 * its ranking `1. Response 4 (gemini)`. A row's judge is the member, its prompt the name of the log,
 * its answers (column `answers`) the log itself; the left item is the one with the lower number. A
 * member whose text does not rank every answer once is an invalid value at the line of its name.
 */
export function readPumpLog(text: string, context: JsonContext): void {
  const unix = text.replaceAll('\r\n', '\n');
  const mark = unix.lastIndexOf(RESULTS_MARK);
  if (mark < 0) {
    context.collector.invalid.add(context.file, 1, `has no "${RESULTS_MARK}"`);
    return;
  }
  const lineOf = lineCounter(unix);
  const answerers = new Set(sections(unix.slice(0, mark)).map((section) => section.name));
  const judges = sections(unix.slice(mark)).filter((section) => answerers.has(section.name));
  if (judges.length === 0) {
    context.collector.invalid.add(context.file, lineOf(mark), 'holds no ranking');
  }
  const prompt = basename(context.file).replace(/\.log(\.gz)?$/, '');
  const answers = `${basename(dirname(context.file))}/${prompt}`;
  for (const judge of judges) {
    const ranking = rankingIn(judge.text, answerers);
    if (typeof ranking === 'string') {
      context.collector.invalid.add(context.file, lineOf(mark + judge.at), ranking);
      continue;
    }
    const groups = [
      ['prompt', prompt],
      ['judge', judge.name],
      ['answers', answers],
    ] as const;
    const extras = { groups, features: [], weight: 1 };
    const id = `${context.file} ${judge.name}`;
    addRankingPairs(context, ranking.ranks, id, extras, ranking.shown);
  }
}

/** Numbers the lines of places that are asked for in the order of the text, so that it is walked along once. */
function lineCounter(text: string): (at: number) => number {
  let line = 1;
  let counted = 0;
  return (at) => {
    for (let end = text.indexOf('\n', counted); end >= 0 && end < at; line += 1) {
      counted = end + 1;
      end = text.indexOf('\n', counted);
    }
    return line;
  };
}

interface Section {
  readonly name: string;
  readonly at: number;
  readonly text: string;
}

/** The parts under names that are underlined with underscores of the same length. */
function sections(text: string): Section[] {
  const lines = text.split('\n');
  const heads: { name: string; at: number; end: number }[] = [];
  let at = 0;
  for (const [k, name] of lines.entries()) {
    const underline = lines[k + 1] ?? '';
    if (name !== '' && name.length === underline.length && /^_+$/.test(underline)) {
      heads.push({ name, at, end: at + 2 * name.length + 1 });
    }
    at += name.length + 1;
  }
  return heads.map((head, k) => ({
    name: head.name,
    at: head.at,
    text: text.slice(head.end, heads[k + 1]?.at),
  }));
}

function rankingIn(
  text: string,
  answerers: ReadonlySet<string>,
): { ranks: Map<string, number>; shown: string[] } | string {
  const ranks = new Map<string, number>();
  const numbers = new Map<string, number>();
  for (const [, rank, number, name] of text.matchAll(RANKED)) {
    if (Number(rank) !== ranks.size + 1 || ranks.size === answerers.size) break;
    if (!answerers.has(name!) || ranks.has(name!)) return `ranks "${name}" twice or from nowhere`;
    ranks.set(name!, Number(rank));
    numbers.set(name!, Number(number));
  }
  if (ranks.size !== answerers.size) return `ranks ${ranks.size} of ${answerers.size} answers`;
  const shown = [...ranks.keys()].sort((a, b) => numbers.get(a)! - numbers.get(b)!);
  return { ranks, shown };
}
