const RESULTS_MARK = 'Final preference results:';
const RANKED =
  /^[ \t]{0,8}(\d{1,4})\.[ \t]{0,8}\**[ \t]{0,8}Response[ \t]{1,8}(\d{1,4})[ \t]{0,8}\(([^()\n]{1,200})\)/gm;

/** The ranking that a member gave in a log of parallellm-pump. */
export interface PumpRanking {
  readonly judge: string;
  /** Line of its name. */
  readonly line: number;
  /** Rank of each member's answer, the best first. */
  readonly ranks: ReadonlyMap<string, number>;
  /** The members by the numbers of their answers. */
  readonly shown: readonly string[];
}

/** What a log holds. */
export interface PumpRankings {
  readonly rankings: readonly PumpRanking[];
  /** Parts that hold no ranking of every answer. */
  readonly problems: readonly PumpProblem[];
}

/** Where a log holds no ranking of every answer, whose it would be, and why it is none. */
export interface PumpProblem {
  readonly line: number;
  /** Null where the whole log is meant. */
  readonly judge: string | null;
  readonly problem: string;
}

/**
 * Reads a log of parallellm-pump: after the mark each member's name, underlined as long as it is, and
 * its ranking `1. Response 4 (gemini)`.
 */
export function pumpRankings(text: string): PumpRankings {
  const unix = text.replaceAll('\r\n', '\n');
  const mark = unix.lastIndexOf(RESULTS_MARK);
  const rankings: PumpRanking[] = [];
  const problems: PumpProblem[] = [];
  if (mark < 0) {
    problems.push({ line: 1, judge: null, problem: `has no "${RESULTS_MARK}"` });
    return { rankings, problems };
  }
  const lineOf = lineCounter(unix);
  const answerers = new Set(sections(unix.slice(0, mark)).map((section) => section.name));
  const judges = sections(unix.slice(mark)).filter((section) => answerers.has(section.name));
  if (judges.length === 0) {
    problems.push({ line: lineOf(mark), judge: null, problem: 'holds no ranking' });
  }
  for (const { name: judge, at, text: own } of judges) {
    const line = lineOf(mark + at);
    const ranking = rankingIn(own, answerers);
    if (typeof ranking === 'string') problems.push({ line, judge, problem: ranking });
    else rankings.push({ judge, line, ...ranking });
  }
  return { rankings, problems };
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
