import { CallError } from '../../core/call-error.ts';

/** What stands where a secret was. */
const REDACTED = '[key]';

/** Shorter strings are no secrets, and replacing them would damage answers. */
const SHORTEST_SECRET = 8;
/** A key's tail is looked for by itself only where the key is clearly longer than it. */
const SHORTEST_WITH_TAIL = 16;
const TAIL_LENGTH = 8;

/** Strings to look for, and the pattern that finds any of them. */
class Spellings {
  /** The longest first. */
  readonly #all: readonly string[];
  readonly #pattern: RegExp | null;
  /** First characters: most ends of a text need no closer look. */
  readonly #beginnings: ReadonlySet<string>;

  constructor(spellings: Iterable<string>) {
    this.#all = [...new Set(spellings)].sort((left, right) => right.length - left.length);
    this.#beginnings = new Set(this.#all.map((spelling) => spelling[0]!));
    const alternatives = this.#all
      .map((spelling) => spelling.replace(/[^A-Za-z0-9]/g, '\\$&'))
      .join('|');
    this.#pattern = this.#all.length === 0 ? null : new RegExp(`(?:${alternatives})=*`, 'g');
  }

  cutFrom(text: string): string {
    if (this.#pattern === null) return text;
    for (const spelling of this.#all) {
      if (text.includes(spelling)) return text.replace(this.#pattern, REDACTED);
    }
    return text;
  }

  openEnd(text: string): number {
    const longest = this.#all[0]?.length ?? 0;
    for (let length = Math.min(longest - 1, text.length); length > 0; length--) {
      if (!this.#beginnings.has(text[text.length - length]!)) continue;
      const end = text.slice(text.length - length);
      if (this.#all.some((spelling) => spelling.startsWith(end))) return length;
    }
    return 0;
  }
}

/**
 * Removes secrets from texts: each as it is, escaped as in JSON and in addresses, in base64 by itself or
 * amid other bytes (`user:password`). Out of what a server says of itself its last eight characters are cut, too, which
 * servers like to echo back, and passwords however weak; out of answers, which are paid for, nothing but whole keys.
 */
export class Secrets {
  readonly #inAnswers: Spellings;
  readonly #inMessages: Spellings;

  /** @param passwords what is no answer's to lose words for: hidden in messages alone. */
  constructor(secrets: readonly (string | null)[], passwords: readonly string[] = []) {
    const keys = secrets.filter((secret) => secret !== null && secret.length >= SHORTEST_SECRET);
    const whole = (keys as string[]).flatMap(spellingsOf);
    const tails = (keys as string[])
      .filter((key) => key.length >= SHORTEST_WITH_TAIL)
      .map((key) => key.slice(-TAIL_LENGTH));
    const weak = passwords.filter((password) => password.length >= SHORTEST_SECRET);
    this.#inAnswers = new Spellings(whole);
    this.#inMessages = new Spellings([...whole, ...tails, ...weak.flatMap(spellingsOf)]);
  }

  /** Returns a message, a name or a header's value without any secret. */
  redact(text: string): string {
    return this.#inMessages.cutFrom(text);
  }

  /** Returns an answer's text without any whole key. */
  redactAnswer(text: string): string {
    return this.#inAnswers.cutFrom(text);
  }

  /** The length of the longest end of an answer's text that a key begins with. */
  openEnd(text: string): number {
    return this.#inAnswers.openEnd(text);
  }

  /** Redacts an answer that broke off: what may be the beginning of a key is left out. */
  redactBrokenOff(text: string): string {
    const redacted = this.redactAnswer(text);
    return redacted.slice(0, redacted.length - this.openEnd(redacted));
  }

  /** Returns the error without any secret in message, hint, partial text and stack. */
  redactError(error: CallError): CallError {
    const redacted = new CallError(error.code, this.redact(error.message), {
      hint: error.hint === undefined ? undefined : this.redact(error.hint),
      httpStatus: error.httpStatus ?? undefined,
      retryAfterMs: error.retryAfterMs ?? undefined,
      said: error.said === null ? undefined : this.redact(error.said),
      partialText: error.partialText === null ? undefined : this.redactAnswer(error.partialText),
      requestId: error.requestId === null ? undefined : this.redact(error.requestId),
      retryable: error.retryable,
      context: error.context ?? undefined,
    });
    return error.paid === null ? redacted : redacted.with({ paid: error.paid });
  }
}

function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  const inner = [0, 1, 2].map((offset) => innerBase64(bytes, offset));
  const urlSafe = [base64, ...inner].map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const escaped = [JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret.toWellFormed())];
  return [secret, ...escaped, base64, ...inner, ...urlSafe];
}

/** The characters that stand in base64 for these bytes alone, when `offset` other bytes precede them. */
function innerBase64(bytes: Buffer, offset: number): string {
  const base64 = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return base64.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
