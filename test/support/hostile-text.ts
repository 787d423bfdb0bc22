/** Texts that endpoints and files can contain and that must not reach a terminal as they are. */
export const HOSTILE_TEXTS: Readonly<Record<string, string>> = {
  'escape codes': '\x1b[2J\x1b[31mred\x1b]0;title\x07 \x9b5n done',
  'bidirectional overrides': 'abc\u202edef\u2066ghi\u2069',
  'carriage returns and backspaces': 'safe\rEVIL\b\b\b\x7f\x00',
  'a line of a megabyte': 'x'.repeat(1_000_000),
  'a wide line': '漢字かな交じり文と😀👩‍👩‍👧‍👦🇩🇪 '.repeat(200),
  'many line breaks': 'one\n\n\n\n\ntwo\r\nthree\u2028four\n'.repeat(50),
  'combining marks': `a${'\u0301'.repeat(500)} b`,
};

/** Every control character but the newline, and what reorders text; the codes of our own styles are allowed. */
export function dangerousCharacters(text: string): string[] {
  const bare = text.replace(/\x1b\[\d+m/g, '');
  return [...(bare.match(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g) ?? [])];
}
