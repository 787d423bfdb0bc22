import type { PromptoDifference } from '../provider-description.ts';

/** What is sent where a row has no filter: the same at both of Google's APIs. */
export const WITHOUT_FILTER: PromptoDifference = {
  rows: 'without_safety_filter',
  says: 'without safety_filter none is sent, and the API decides (prompto sends "default", which blocks what is medium and above)',
};
