import fc from 'fast-check';

/** Characters and fragments of everything that is read: repeated many times, each is somebody's worst case. */
const UNITS: readonly string[] = [
  ...[
    ' ',
    '\t',
    '\r\n',
    '\r',
    '\n',
    '\n ',
    ' \n',
    '\n\n',
    '\0',
    '\x1b',
    '\x1b[1m',
    '\u0085',
    '\u2028',
  ],
  ...[
    '/',
    '//',
    '/a',
    '/v1',
    './',
    '../',
    '\\',
    '\\\\',
    '\\"',
    '\\u0061',
    '"',
    "'",
    '""',
    '"a"',
    "'a'",
  ],
  ...[
    '[',
    ']',
    '[]',
    '[1,',
    '{',
    '}',
    '{}',
    '{"a":',
    '"a":',
    '{"a":1}',
    '{"a":1},',
    ',',
    ',,',
    ':',
    ': ',
  ],
  ...[
    ';',
    '; ',
    '.',
    '..',
    '-',
    '--',
    '- ',
    '_',
    '_a',
    'A_',
    '=',
    '==',
    'a=',
    'a=1&',
    '&',
    '?',
    '#',
    '# ',
  ],
  ...[
    '%',
    '%20',
    '%2F',
    '@',
    'a@',
    '*',
    '**',
    '+',
    '|',
    '~',
    '!',
    '$',
    '${',
    `\${a}`,
    '{{',
    '{{a}}',
    '`',
    '`a',
  ],
  ...[
    '(',
    ')',
    '()',
    '(a',
    '<',
    '>',
    '<a>',
    '<!--',
    '0',
    '1',
    '1.',
    '.0',
    '1e',
    '1.0,',
    '-1,',
    '1s',
    '1m1',
    'ms',
  ],
  ...[
    'a',
    'ab',
    'aB',
    'a b ',
    'ä',
    'a\u0300',
    '\u0300',
    '\u200d',
    '👩‍👩‍👧',
    '🇩🇪',
    '\ud800',
    '\ufeff',
    '\u202e',
    '漢',
  ],
  ...[
    'data:',
    'data: {}\n',
    'data: {}\n\n',
    'event: a\n',
    ': \n',
    ':\r',
    'id:1\n',
    'error: a\n',
    'data: [DONE]\n',
  ],
  ...[
    'A=',
    'A=1\n',
    'A="',
    'A="\n',
    "A='\n",
    'export ',
    'A=b #',
    'NaN,',
    '"NaN',
    'null,',
    'GMT ',
    'Mon, ',
  ],
  ...[
    'r=0;t=1,',
    'a, ',
    'a\tb\n',
    '"a\n',
    '"a""b",',
    'a,"',
    '&a ',
    '*a ',
    '? ',
    '! ',
    '|\n',
    'a: ',
    'a: b\n',
  ],
  ...[
    'http://',
    'sk-',
    'gpt-4 ',
    'user:',
    '1. Response 1 (a)\n',
    'a\n_\n',
    '[[A]]',
    '_(bothbad)',
    '-nan',
    '<NA>',
  ],
];

/** What may stand around a repeated unit, so that it is reached, or all but right. */
const FRAMES: readonly (readonly [before: string, after: string])[] = [
  ['', ''],
  ['a', 'x'],
  ['"', '"'],
  ['{"prompt":"', '"}'],
  ['{"prompt":', '}'],
  ['[', ']'],
  ['1', '!'],
  ['}', '{'],
];

/** A family of texts: the same text in any length. */
export interface TextFamily {
  readonly name: string;
  /** The text of about so many characters. */
  readonly ofLength: (length: number) => string;
}

/** The texts that repeat a unit between two others. */
export function repeated(before: string, unit: string, after: string): TextFamily {
  return {
    name: JSON.stringify(`${before}(${unit})*${after}`),
    ofLength: (length) => before + unit.repeat(Math.ceil(length / unit.length)) + after,
  };
}

/** Runs of several units, one run behind the other. */
function runs(units: readonly string[]): TextFamily {
  return {
    name: JSON.stringify(units.map((unit) => `(${unit})*`).join('')),
    ofLength: (length) =>
      units.map((unit) => unit.repeat(Math.ceil(length / units.length / unit.length))).join(''),
  };
}

/** Each unit in each frame. */
export function allFamilies(): TextFamily[] {
  return UNITS.flatMap((unit) => FRAMES.map(([before, after]) => repeated(before, unit, after)));
}

const someUnits = fc.array(fc.constantFrom(...UNITS), { minLength: 1, maxLength: 3 });

/** One unit in a frame, some units in turns, or runs of some. */
export const anyFamily: fc.Arbitrary<TextFamily> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...FRAMES), someUnits)
    .map(([[before, after], units]) => repeated(before, units.join(''), after)),
  someUnits.map(runs),
);

const around = (before: string, depth: number, after: string) =>
  `${before}${'['.repeat(depth)}1${']'.repeat(depth)}${after}`;

/** Texts of any depth, by themselves and where a reader of JSON looks further. */
export const NESTED: readonly ((depth: number) => string)[] = [
  (depth) => around('', depth, ''),
  (depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`,
  (depth) => `${'{"error":'.repeat(depth)}1${'}'.repeat(depth)}`,
  (depth) => around('{"error":{"message":', depth, '}}'),
  (depth) => around('data: ', depth, '\n\n'),
  (depth) => around('{"model":"a/b","prompt":"x","parameters":{"t":1.0,"a":', depth, '}}'),
  (depth) => around('{"left":"A","right":"B","winner":"left","judge":', depth, '}'),
  (depth) => around('{"model":"a","baseline":"b","games":[{"score":', depth, '}]}'),
  (depth) =>
    around(
      '{"choices":[{"message":{"content":"a","tool_calls":[{"function":{"arguments":',
      depth,
      '}}]}}]}',
    ),
];
