import type { Random } from '../../core/clock.ts';

/** An answer that the rehearsal knows, with a way to get it wrong. */
export interface KnownAnswer {
  readonly right: string;
  /** Makes a plausible wrong answer. */
  wrong(random: Random): string;
}

/** A number as answer; wrong ones are near it. */
export function numberAnswer(value: number): KnownAnswer {
  return {
    right: numberText(value),
    wrong: (random) => {
      const distance = 1 + Math.floor(random() * 9);
      return numberText(value >= distance && random() < 0.5 ? value - distance : value + distance);
    },
  };
}

/** A text as answer; wrong ones have two letters swapped, or one doubled. */
export function textAnswer(text: string): KnownAnswer {
  return { right: text, wrong: (random) => misspelt(text, random) };
}

/** One entry of a table as answer; wrong ones are other entries. */
export function entryAnswer(entry: string, entries: readonly string[]): KnownAnswer {
  const others = entries.filter((other) => other !== entry);
  return {
    right: entry,
    wrong: (random) => others[Math.floor(random() * others.length)] ?? 'I do not know',
  };
}

/** Spells a number with at most six decimals, as a person would. */
function numberText(value: number): string {
  return String(Number(value.toFixed(6)));
}

function misspelt(text: string, random: Random): string {
  const letters = [...text];
  const start = Math.floor(random() * letters.length);
  for (let step = 0; step < letters.length - 1; step++) {
    const index = (start + step) % (letters.length - 1);
    const [left = '', right = ''] = [letters[index], letters[index + 1]];
    if (left !== right) {
      return letters
        .with(index, right)
        .with(index + 1, left)
        .join('');
    }
  }
  return text + (letters.at(-1) ?? '?');
}
