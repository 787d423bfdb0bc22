import type { HeaderVariable } from '../provider-description.ts';

/** The variables from which OpenAI's own libraries take who pays for a call. */
export const ACCOUNT_HEADERS: readonly HeaderVariable[] = [
  { name: 'OPENAI_ORG_ID', header: 'openai-organization' },
  { name: 'OPENAI_PROJECT_ID', header: 'openai-project' },
];
