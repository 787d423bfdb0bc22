import { parseDurationMs } from '../../core/duration.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { listEntries, unknownWord } from '../texts/word-choice.ts';

/** What an endpoint allows. A limit that is not given does not exist. */
export interface Limits {
  /** Requests per minute, above 0. */
  readonly requestsPerMinute?: number;
  /** Tokens per minute, input and output together, above 0. */
  readonly tokensPerMinute?: number;
  /** Calls under way at once, at least 1. */
  readonly concurrency?: number;
  /** What the buckets hold, in milliseconds of their own rate; default 250, but at least one request. */
  readonly burstMs?: number;
  /** Answers until the account is out of quota, 0 or more. */
  readonly quotaCalls?: number;
}

const FIELDS = {
  rpm: 'requestsPerMinute',
  tpm: 'tokensPerMinute',
  concurrency: 'concurrency',
  quota: 'quotaCalls',
  burst: 'burstMs',
} as const;

/**
 * Reads limits such as `rpm=480,tpm=90000,concurrency=10,quota=100,burst=1s`.
 *
 * @throws TuttiError `bad_usage` for an unknown name, a name given twice or a value out of range.
 */
export function parseLimits(text: string): Limits {
  const limits: { -readonly [Field in keyof Limits]: Limits[Field] } = {};
  for (const entry of listEntries('limits', text)) {
    const [name = '', value = ''] = entry.split('=').map((part) => part.trim());
    if (!Object.hasOwn(FIELDS, name)) throw unknownWord('limit', name, Object.keys(FIELDS));
    const field = FIELDS[name as keyof typeof FIELDS];
    if (limits[field] !== undefined) {
      throw new TuttiError('bad_usage', `limit "${name}" is given twice`, {
        hint: 'Give each limit once.',
      });
    }
    limits[field] = limitValue(name, value);
  }
  return limits;
}

function limitValue(name: string, value: string): number {
  if (name === 'burst') {
    const ms = parseDurationMs(value);
    if (ms === undefined) throw wrongValue(name, value, 'a duration such as 250ms or 1s');
    return ms;
  }
  const number = /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (name === 'quota' || name === 'concurrency') {
    const least = name === 'quota' ? 0 : 1;
    if (Number.isInteger(number) && number >= least) return number;
    throw wrongValue(name, value, `a whole number from ${least}`);
  }
  if (number > 0) return number;
  throw wrongValue(name, value, 'a number above 0');
}

function wrongValue(name: string, value: string, wanted: string): TuttiError {
  return new TuttiError('bad_usage', `limit "${name}" is "${value}", which is not ${wanted}`, {
    hint: `Write it like ${name}=${name === 'burst' ? '1s' : '100'}.`,
  });
}
