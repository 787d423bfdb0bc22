const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Tells whether a number is worth just what its text in JSON says, written with more or fewer zeros. */
export function isSameNumber(text: string, value: number): boolean {
  return Number.isFinite(value) && plain(text) === plain(String(value));
}

/** The digits of a number without zeros around them, and the place of the point. */
function plain(text: string): string | null {
  const parts = NUMBER.exec(text);
  if (parts === null) return null;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const point = Number(exponent) - fraction.length + digits.length - significant.length;
  return `${sign}${significant}e${point}`;
}
