import { base64Length } from '../../core/media.ts';

/**
 * Encodes bytes as base64 while they come, each piece of any length, into one buffer; of larger bytes than were
 * announced the rest is left out.
 */
export class Base64Writer {
  readonly #into: Buffer;
  #rest: Buffer = Buffer.alloc(0);
  #at = 0;

  /** @param size how many bytes will come */
  constructor(size: number) {
    this.#into = Buffer.allocUnsafeSlow(base64Length(size));
  }

  write(bytes: Buffer): void {
    const all = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const whole = all.length - (all.length % 3);
    this.#put(all.subarray(0, whole));
    // The caller may use its buffer again.
    this.#rest = Buffer.from(all.subarray(whole));
  }

  /** Ends the text. */
  end(): Buffer {
    this.#put(this.#rest);
    return this.#into.subarray(0, this.#at);
  }

  #put(bytes: Buffer): void {
    this.#at += this.#into.write(bytes.toString('base64'), this.#at, 'latin1');
  }
}
