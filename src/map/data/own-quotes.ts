import { isJsonObject, type JsonValue } from '../../core/json.ts';

/** What a repair takes for a quote, whichever of them it is. */
const QUOTE = /["'`´‘’“”]/g;
const ESCAPE = /\\(?:u([\da-fA-F]{4})|(.))/gs;
const ESCAPED: Readonly<Record<string, string>> = {
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
/** So many texts are looked for in vain; then the others stay as they are. */
const MOST_MISSED = 100;

/**
 * Gives the texts of a repaired value the quotes that their model wrote: a repair makes `"` of every quote within a text, so
 * that of `{'name': 'O'Brien'}` comes `O"Brien`.
 *
 * @param json what was repaired
 */
export function withOwnQuotes(value: JsonValue, json: string): JsonValue {
  const written = json.replace(ESCAPE, (_, code: string | undefined, mark: string) =>
    code === undefined ? (ESCAPED[mark] ?? mark) : String.fromCharCode(Number.parseInt(code, 16)),
  );
  // No pattern is made of a text: one of many thousand characters could not be compiled.
  const alike = written.replace(QUOTE, '"');
  let from = 0;
  let missed = 0;
  const ownText = (text: string): string => {
    if (!text.includes('"') || missed >= MOST_MISSED) return text;
    const sought = text.replace(QUOTE, '"');
    for (const start of new Set([from, 0])) {
      const at = alike.indexOf(sought, start);
      if (at < 0) continue;
      from = at + text.length;
      return written.slice(at, from);
    }
    missed++;
    return text;
  };
  const own = (one: JsonValue): JsonValue => {
    if (typeof one === 'string') return ownText(one);
    if (Array.isArray(one)) return one.map(own);
    if (!isJsonObject(one) || JSON.isRawJSON(one)) return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key, own(inner)]));
  };
  return own(value);
}
