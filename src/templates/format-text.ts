/** How a text is put into its place: `[[fill]align][0][width][.precision][s]`. */
const SPEC = /^(?:(.)?([<>^]))?(0)?(\d{1,7})?(?:\.(\d{1,7}))?s?$/su;

/**
 * Writes a text as Python's `format(text, spec)` does after a conversion: cut to the precision, filled up to the width.
 *
 * @param conversion `s` or nothing for the text itself, `r` for its `repr`, `a` for its `ascii`
 * @returns undefined where Python would refuse
 */
export function formatText(text: string, conversion: string, spec: string): string | undefined {
  const converted = convert(text, conversion);
  if (converted === undefined || spec === '') return converted;
  const match = SPEC.exec(spec);
  if (match === null) return undefined;
  const [, fill, align, zero, width = '0', precision] = match;
  // A width is in characters, not in the halves of which some consist.
  const characters = [...converted].slice(0, precision === undefined ? undefined : +precision);
  const missing = Math.max(0, Number(width) - characters.length);
  const before = align === '>' ? missing : align === '^' ? Math.floor(missing / 2) : 0;
  const filling = fill ?? (zero === undefined ? ' ' : '0');
  return filling.repeat(before) + characters.join('') + filling.repeat(missing - before);
}

function convert(text: string, conversion: string): string | undefined {
  if (conversion === '' || conversion === 's') return text;
  if (conversion !== 'r' && conversion !== 'a') return undefined;
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const written = [...text].map((character) => escaped(character, quote, conversion === 'a'));
  return `${quote}${written.join('')}${quote}`;
}

const SHORT: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function escaped(character: string, quote: string, onlyAscii: boolean): string {
  if (character === quote) return `\\${character}`;
  const short = SHORT[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0)!;
  const isPrintable = character === ' ' || !/[\p{C}\p{Z}]/u.test(character);
  if (isPrintable && (code < 0x80 || !onlyAscii)) return character;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
