import {
  Context,
  defaultOptions,
  evalToken,
  isTruthy,
  LiquidError,
  type Token,
  Tokenizer,
  TypeGuards,
  toValueSync,
} from 'liquidjs';
import { COMPARISONS } from './compared-values.ts';
import type { Condition } from './condition.ts';
import { liquidValue } from './liquid-value.ts';
import { type FieldValues, TemplateMistake } from './template.ts';

const OPTIONS = { ...defaultOptions, ownPropertyOnly: true };
const COMPARISON = /==|!=|<>|<=|>=|<|>|contains(?![\w-])/y;
const JUNCTION = /(?:and|or)(?![\w-])/y;
const NOT = /not(?![\w-])/y;
/** Parentheses and brackets within one another: no stack is too small for them. */
const MOST_NESTED = 100;

/** What tells whether a row meets a part of a condition. */
type Test = (context: Context) => boolean;

/** Reads a condition of Liquid; see `compileCondition`. */
export function readCondition(text: string): Condition {
  const reader = new ConditionReader(text);
  const test = reader.whole();
  const fields = [...reader.fields];
  return {
    fields,
    holds: (row: FieldValues) => {
      const scope = Object.fromEntries(
        fields.flatMap((name) =>
          Object.hasOwn(row, name) ? [[name, liquidValue(row[name]!)]] : [],
        ),
      );
      return test(new Context(scope, OPTIONS, { sync: true }));
    },
  };
}

/** Liquid's own reader takes `a b`, `a ==` and `a < b < c` without a word; this one has its values, and a grammar. */
class ConditionReader {
  readonly fields = new Set<string>();
  readonly #text: string;
  readonly #tokens: Tokenizer;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = new Tokenizer(text);
  }

  whole(): Test {
    const deep = tooDeepAt(this.#text);
    if (deep >= 0) {
      this.#tokens.p = deep;
      throw this.#mistake(`no more than ${MOST_NESTED} brackets within one another are expected`);
    }
    const test = this.#junctions();
    if (!this.#tokens.end()) throw this.#mistake('"and", "or" or the end is expected');
    return test;
  }

  #junctions(): Test {
    const tests = [this.#operand()];
    const words: string[] = [];
    for (let word = this.#take(JUNCTION); word !== undefined; word = this.#take(JUNCTION)) {
      if (word === 'or' && words.includes('and')) {
        throw this.#mistake('"or" behind "and": parentheses must say which belong together');
      }
      words.push(word);
      tests.push(this.#operand());
    }
    const last = tests.pop()!;
    // As `a or (b or (c and d))`: what decides is the first that is true before "or", or false before "and".
    return (context) => {
      for (const [at, test] of tests.entries()) {
        const holds = test(context);
        if (holds === (words[at] === 'or')) return holds;
      }
      return last(context);
    };
  }

  #operand(): Test {
    let isTurned = false;
    while (this.#take(NOT) !== undefined) isTurned = !isTurned;
    const test = this.#comparison();
    return isTurned ? (context) => !test(context) : test;
  }

  #comparison(): Test {
    if (this.#take(/\(/y) !== undefined) {
      const test = this.#junctions();
      if (this.#take(/\)/y) === undefined) throw this.#mistake('")" is expected');
      return test;
    }
    const left = this.#value();
    const operator = this.#take(COMPARISON);
    if (operator === undefined) return (context) => isTruthy(left(context), context);
    const right = this.#value();
    const compare = COMPARISONS[operator]!;
    return (context) => compare(left(context), right(context));
  }

  #value(): (context: Context) => unknown {
    this.#tokens.skipBlank();
    const isWord = /(?:and|or|contains)(?![\w-])|\(/y;
    isWord.lastIndex = this.#tokens.p;
    const start = this.#tokens.p;
    const token = isWord.test(this.#text) ? undefined : this.#read();
    if (token !== undefined && TypeGuards.isQuotedToken(token) && !isClosed(token.getText())) {
      this.#tokens.p = start;
      throw this.#mistake('a quote that is closed is expected');
    }
    if (token === undefined)
      throw this.#mistake('a column, a number, a text in quotes or the like is expected');
    this.#addFields(token);
    return (context) =>
      toValueSync(evalToken(token, context, true) as Generator<unknown, unknown, unknown>);
  }

  #read(): Token | undefined {
    try {
      return this.#tokens.readValue();
    } catch (error) {
      if (!LiquidError.is(error)) throw error;
      throw this.#mistake(error.message.replace(/, line:\d+, col:\d+$/, ''));
    }
  }

  #addFields(token: Token): void {
    if (!TypeGuards.isPropertyAccessToken(token)) return;
    const [first, ...others] = token.props;
    if (token.variable === undefined && first !== undefined && 'content' in first) {
      this.fields.add(String(first.content));
    }
    for (const one of others) this.#addFields(one);
  }

  #take(pattern: RegExp): string | undefined {
    this.#tokens.skipBlank();
    pattern.lastIndex = this.#tokens.p;
    const found = pattern.exec(this.#text)?.[0];
    this.#tokens.p += found?.length ?? 0;
    return found;
  }

  #mistake(message: string): TemplateMistake {
    const before = this.#text.slice(0, this.#tokens.p).split('\n');
    const found = this.#text.slice(this.#tokens.p, this.#tokens.p + 20);
    const what =
      found === '' ? `${message}, not its end` : `${message} before ${JSON.stringify(found)}`;
    return new TemplateMistake(what, before.length, before.at(-1)!.length + 1);
  }
}

/** Where brackets of a text, whatever stands between them, are too many within one another; -1: nowhere. */
function tooDeepAt(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(' || text[at] === '[') depth++;
    else if (depth > 0 && (text[at] === ')' || text[at] === ']')) depth--;
    if (depth > MOST_NESTED) return at;
  }
  return -1;
}

/** Liquid's own reader takes the end of the text for the quote that closes it. */
function isClosed(quoted: string): boolean {
  let start = quoted.length - 1;
  while (quoted[start - 1] === '\\') start--;
  const backslashes = quoted.length - 1 - start;
  return quoted.length > 1 && quoted.endsWith(quoted[0]!) && backslashes % 2 === 0;
}
