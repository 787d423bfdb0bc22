import { parseDurationMs } from '../../core/duration.ts';
import { sendRefusal } from '../exchange/send-answer.ts';
import { Refusal, refusalOfStatus } from '../vendors/refusal.ts';
import type { Fault } from './fault.ts';

/** Makes the fault for an HTTP status from 400 to 599; its argument is how long to wait. */
export function statusFault(status: number): Fault {
  return {
    name: String(status),
    about: `status ${status} with the vendor's error body`,
    argument: {
      about: 'what Retry-After says, such as 2s',
      default: '',
      accepts: (text) => text === '' || parseDurationMs(text) !== undefined,
    },
    respond: (exchange, argument) =>
      sendRefusal(exchange, refusalOfStatus(status), parseDurationMs(argument) ?? null),
  };
}

/** The account has no quota left. */
export const quota: Fault = {
  name: 'quota',
  about: "the vendor's error for an account out of quota",
  respond: (exchange) =>
    sendRefusal(
      exchange,
      new Refusal('quota', 'You exceeded your current quota, please check your plan and billing.'),
      null,
    ),
};

/** The vendor is overloaded: 529 where it has that status, 503 elsewhere. */
export const overloaded: Fault = {
  name: 'overloaded',
  about: 'an overloaded vendor: 529 from Anthropic, 503 from others',
  respond: (exchange) => sendRefusal(exchange, new Refusal('overloaded', 'Overloaded'), null),
};
