import { readFile } from 'node:fs/promises';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { fileError } from '../../io/index.ts';

const CHARACTERS_PER_TOKEN = 4;
/** Longer pieces are cut: merging takes the square of their length. */
const LONGEST_PIECE_BYTES = 512;
/** Lists with more ranks than that are those of `o200k_base`. */
const MOST_OLD_RANKS = 150_000;

/** How texts are cut before their bytes are merged: as `cl100k_base`, and as `o200k_base` does it. */
const OLD_PIECES =
  /(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;
const NEW_PIECES =
  /[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])?|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+/gu;

/** About how many tokens a text has, by its length. */
export function estimatedTokens(text: string): number {
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/**
 * Reads the ranks of a tokenizer as tiktoken keeps them: a line for each, its bytes in Base64 and its number.
 *
 * @returns counts the tokens of a text: exactly, but for pieces of more than 512 bytes without a space
 * @throws TuttiError `file_missing`, `file_unreadable`; `bad_input` for a file that is none
 */
export async function openTokenizer(path: string): Promise<(text: string) => number> {
  let content: string;
  try {
    content = await readFile(path, 'latin1');
  } catch (cause) {
    throw await fileError(cause, path, 'read');
  }
  const ranks = new Map<string, number>();
  for (const [at, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, bytes, rank] = /^([\w+/]+={0,2}) (\d+)\r?$/.exec(line) ?? [];
    if (bytes === undefined) throw noRanks(path, at + 1);
    ranks.set(Buffer.from(bytes, 'base64').toString('latin1'), Number(rank));
  }
  if (ranks.size === 0) throw noRanks(path, 1);
  const pieces = ranks.size > MOST_OLD_RANKS ? NEW_PIECES : OLD_PIECES;
  return (text) => {
    let count = 0;
    for (const [piece] of text.matchAll(pieces)) count += tokensOfPiece(piece, ranks);
    return count;
  };
}

function tokensOfPiece(piece: string, ranks: ReadonlyMap<string, number>): number {
  const bytes = Buffer.from(piece).toString('latin1');
  if (ranks.has(bytes)) return 1;
  let count = 0;
  for (let at = 0; at < bytes.length; at += LONGEST_PIECE_BYTES) {
    count += mergedCount(bytes.slice(at, at + LONGEST_PIECE_BYTES), ranks);
  }
  return count;
}

/** Merges the neighbours of the lowest rank until none has one. @returns what is left */
function mergedCount(bytes: string, ranks: ReadonlyMap<string, number>): number {
  const parts = [...bytes];
  while (parts.length > 1) {
    let best = Number.POSITIVE_INFINITY;
    let where = -1;
    for (let at = 0; at + 1 < parts.length; at++) {
      const rank = ranks.get(parts[at]! + parts[at + 1]!);
      if (rank === undefined || rank >= best) continue;
      best = rank;
      where = at;
    }
    if (where < 0) break;
    parts.splice(where, 2, parts[where]! + parts[where + 1]!);
  }
  return parts.length;
}

function noRanks(path: string, line: number): TuttiError {
  return new TuttiError('bad_input', `${plainLine(path, 500)}:${line}: is no rank of a tokenizer`, {
    hint: 'Give a file as tiktoken keeps it, such as o200k_base.tiktoken.',
  });
}
