import type { JsonObject, JsonValue } from '../../core/json.ts';
import { seededRandom } from '../../core/seeded-random.ts';
import { hashText } from '../texts/hash-text.ts';
import { Refusal } from '../vendors/refusal.ts';
import type { SimState } from './sim-state.ts';

const MESSAGE = 'This is a test error which we should handle and return';
/** Share of requests that fail of those that do not say whether they should. */
const FAILING_SHARE = 1 / 5;
/** A status after which the same request is sent again, and which says nothing of the server. */
const AGAIN_STATUS = 409;

/**
 * The error that a request asks for by `raise_error` (`true`, `yes`, `false`, `no`); null for none. With
 * `raise_error_type` `Exception` another try may help, else it is final, as prompto tells the two apart.
 */
export function raisedError(body: JsonObject, state: SimState, number: number): Refusal | null {
  const seed = hashText(`${state.options.seed ?? 1} raises ${number}`);
  const raises = switchOf(body.raise_error) ?? seededRandom(seed)() < FAILING_SHARE;
  if (!raises) return null;
  const again = body.raise_error_type === 'Exception';
  return new Refusal('bad_request', MESSAGE, {
    innerCode: again ? 'Exception' : 'ValueError',
    ...(again && { status: AGAIN_STATUS }),
  });
}

/** What is answered where nothing is raised. */
export function testAnswer(): string {
  return 'This is a test response';
}

function switchOf(value: JsonValue | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (word === 'true' || word === 'yes') return true;
  return word === 'false' || word === 'no' ? false : null;
}
