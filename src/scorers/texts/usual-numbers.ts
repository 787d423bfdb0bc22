const WIDE = /[．，０-９]/g;
/** With a comma before the fraction, with more than one point, and with apostrophes between groups. */
const OTHERWISE = new RegExp(
  String.raw`(?<![\w.,]|\d['’])(?:([1-9]\d{0,2}(?:(?:\.\d{3}){1,20}|(?:[\u00a0\u202f\u2009]\d{3}){1,20})),(\d{1,60})` +
    String.raw`|([1-9]\d{0,2}(?:['’]\d{3}){1,20})(?:[.,](\d{1,60}))?|([1-9]\d{0,2}(?:\.\d{3}){2,20}))(?!\d|[.,'’]\d)`,
  'g',
);

/**
 * Writes numbers as `1234.56` that can be only one number, in the way of another country: `1.234,56`, `1.234.567`,
 * `1'234.56`, and `1 234,56` with a narrow space. What can be something else (`1.234`, `12,5`) stays. Digits as wide as
 * Chinese and Japanese letters become usual ones.
 */
export function withUsualNumbers(text: string): string {
  const narrow = text.replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return narrow.replace(
    OTHERWISE,
    (
      written: string,
      comma?: string,
      behindComma?: string,
      apostrophe?: string,
      behind?: string,
      points = '',
    ) => {
      if (isNetworkAddress(points)) return written;
      const whole = (comma ?? apostrophe ?? points).replaceAll(/\D/g, '');
      const fraction = behindComma ?? behind;
      return fraction === undefined ? whole : `${whole}.${fraction}`;
    },
  );
}

/** `192.168.100.200`, which has the form of a number. */
function isNetworkAddress(points: string): boolean {
  const parts = points.split('.');
  return parts.length === 4 && parts.every((part) => Number(part) <= 255);
}
