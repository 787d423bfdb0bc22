import type { CallErrorCode } from '../../core/error-catalogue.ts';

/** What a hint may name. */
export interface HintSubject {
  readonly endpoint: string;
  readonly baseUrl: string;
  /** Empty where a server has one model that needs no name. */
  readonly modelId: string;
  /** The variable the key is usually read from; null if there is none. */
  readonly keyVariable: string | null;
  readonly hasKey: boolean;
}

/** Says what the user can do about a failed call; undefined where there is nothing to do but wait. */
export function hintFor(code: CallErrorCode, subject: HintSubject): string | undefined {
  return HINTS[code]?.(subject);
}

const HINTS: Partial<Record<CallErrorCode, (subject: HintSubject) => string>> = {
  unauthorized: ({ endpoint, keyVariable, hasKey }) =>
    hasKey
      ? `${endpoint} refused the key: check the key in ${keyVariable ?? 'the settings of this endpoint'}.`
      : `${endpoint} wants a key and none was sent: ${keyVariable === null ? 'name its variable in an `endpoints:` entry of the settings' : `set ${keyVariable}`}.`,
  forbidden: ({ endpoint, modelId }) =>
    `Does this account of ${endpoint} have access to ${modelId === '' ? 'its model' : modelId}?`,
  model_not_found: ({ modelId, baseUrl }) =>
    modelId === ''
      ? `Is ${baseUrl} the right address?`
      : `Is the model's name right (${modelId}), and does ${baseUrl} serve it?`,
  quota_exhausted: ({ endpoint }) =>
    `The quota or credit of this account is used up: look at the billing page of ${endpoint}, then run again.`,
  response_not_json: ({ baseUrl }) =>
    `Is ${baseUrl} the address of an API, and not of a web page or a proxy?`,
  response_without_choice: ({ baseUrl }) => `Does ${baseUrl} speak the protocol of this provider?`,
  cut_before_text: () =>
    'Raise the limit (`max_tokens`, `max_completion_tokens`, `max_output_tokens`, `num_predict`), or let the model think less.',
};
