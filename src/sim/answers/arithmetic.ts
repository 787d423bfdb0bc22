/**
 * Computes an expression of numbers, `+ - * / % ^` and parentheses by recursive descent.
 *
 * @returns undefined when it is not an expression, or has no finite value.
 */
export function computeExpression(text: string): number | undefined {
  const tokens = text.match(/\d+(?:\.\d+)?|[-+*/%^()]/g) ?? [];
  if (tokens.join('') !== text.replace(/\s+/g, '')) return undefined;
  const parser = new ExpressionParser(tokens);
  const value = parser.sum();
  return parser.atEnd && Number.isFinite(value) ? value : undefined;
}

/** Reads tokens from left to right; NaN stands for "not an expression". */
class ExpressionParser {
  readonly #tokens: readonly string[];
  #position = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get atEnd(): boolean {
    return this.#position === this.#tokens.length;
  }

  sum(): number {
    let value = this.#product();
    for (let sign = this.#accept('+', '-'); sign; sign = this.#accept('+', '-')) {
      value = sign === '+' ? value + this.#product() : value - this.#product();
    }
    return value;
  }

  #product(): number {
    let value = this.#power();
    for (let sign = this.#accept('*', '/', '%'); sign; sign = this.#accept('*', '/', '%')) {
      const next = this.#power();
      value = sign === '*' ? value * next : sign === '/' ? value / next : value % next;
    }
    return value;
  }

  #power(): number {
    const base = this.#single();
    return this.#accept('^') ? base ** this.#power() : base;
  }

  #single(): number {
    if (this.#accept('-')) return -this.#single();
    if (this.#accept('(')) {
      const value = this.sum();
      return this.#accept(')') ? value : Number.NaN;
    }
    const token = this.#tokens[this.#position++];
    return token === undefined || !/^\d/.test(token) ? Number.NaN : Number(token);
  }

  #accept(...wanted: readonly string[]): string | undefined {
    const token = this.#tokens[this.#position];
    if (token === undefined || !wanted.includes(token)) return undefined;
    this.#position++;
    return token;
  }
}
