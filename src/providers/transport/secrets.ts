import { CallError } from '../../core/call-error.ts';

/** What stands where a secret was. */
const REDACTED = '[key]';

/** Shorter strings are no secrets, and replacing them would damage answers. */
const SHORTEST_SECRET = 8;
/** A key's tail is looked for by itself only where the key is clearly longer than it. */
const SHORTEST_WITH_TAIL = 16;
const TAIL_LENGTH = 8;

/**
 * Removes secrets from texts: each as it is, escaped as in JSON and in addresses, in base64 by itself or
 * amid other bytes (`user:password`), and its last eight characters, which servers like to echo back
 * in error messages.
 */
export class Secrets {
  /** Every spelling that must not appear, the longest first. */
  readonly #spellings: readonly string[];
  readonly #pattern: RegExp | null;
  /** First characters of the spellings: most ends of a text need no closer look. */
  readonly #beginnings: ReadonlySet<string>;

  constructor(secrets: readonly (string | null)[]) {
    const spellings = new Set<string>();
    for (const secret of secrets) {
      if (secret === null || secret.length < SHORTEST_SECRET) continue;
      for (const spelling of spellingsOf(secret)) spellings.add(spelling);
      if (secret.length >= SHORTEST_WITH_TAIL) spellings.add(secret.slice(-TAIL_LENGTH));
    }
    this.#spellings = [...spellings].sort((left, right) => right.length - left.length);
    this.#beginnings = new Set(this.#spellings.map((spelling) => spelling[0]!));
    const alternatives = this.#spellings
      .map((spelling) => spelling.replace(/[^A-Za-z0-9]/g, '\\$&'))
      .join('|');
    this.#pattern = this.#spellings.length === 0 ? null : new RegExp(`(?:${alternatives})=*`, 'g');
  }

  /** Returns the text without any secret. */
  redact(text: string): string {
    if (this.#pattern === null) return text;
    for (const spelling of this.#spellings) {
      if (text.includes(spelling)) return text.replace(this.#pattern, REDACTED);
    }
    return text;
  }

  /** The length of the longest end of `text` that a secret begins with. */
  openEnd(text: string): number {
    const longest = this.#spellings[0]?.length ?? 0;
    for (let length = Math.min(longest - 1, text.length); length > 0; length--) {
      if (!this.#beginnings.has(text[text.length - length]!)) continue;
      const end = text.slice(text.length - length);
      if (this.#spellings.some((spelling) => spelling.startsWith(end))) return length;
    }
    return 0;
  }

  /** Redacts a text that broke off: what may be the beginning of a secret is left out. */
  redactBrokenOff(text: string): string {
    const redacted = this.redact(text);
    return redacted.slice(0, redacted.length - this.openEnd(redacted));
  }

  /** Returns the error without any secret in message, hint, partial text and stack. */
  redactError(error: CallError): CallError {
    const redacted = new CallError(error.code, this.redact(error.message), {
      hint: error.hint === undefined ? undefined : this.redact(error.hint),
      httpStatus: error.httpStatus ?? undefined,
      retryAfterMs: error.retryAfterMs ?? undefined,
      said: error.said === null ? undefined : this.redact(error.said),
      partialText: error.partialText === null ? undefined : this.redact(error.partialText),
      requestId: error.requestId === null ? undefined : this.redact(error.requestId),
      retryable: error.retryable,
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
