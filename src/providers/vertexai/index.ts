import { GEMINI_CONTENT } from '../gemini/format.ts';
import { GEMINI_SCHEMA, GEMINI_STRUCTURED } from '../gemini/schema.ts';
import { WITHOUT_FILTER } from '../gemini/without-filter.ts';
import type { Provider } from '../provider.ts';
import { withVersionPath } from '../transport/base-url.ts';
import { addressAt, USUAL_BASE_URL, USUAL_LOCATION } from './address.ts';
import { VERTEX_MEDIA } from './media.ts';
import { writeRequest } from './request.ts';

/** Gemini and tuned models at Google's Vertex AI, with the user's default credentials or a key of express mode. */
export const provider: Provider = {
  description: {
    name: 'vertexai',
    label: 'Google Vertex AI',
    unlikePrompto: [
      WITHOUT_FILTER,
      {
        rows: 'all',
        unlessSet: ['VERTEXAI_LOCATION_ID', 'GOOGLE_CLOUD_LOCATION', 'GOOGLE_VERTEX_LOCATION'],
        says: `the location is ${USUAL_LOCATION} (prompto: us-central1); VERTEXAI_LOCATION_ID sets another one`,
      },
    ],
    keyVariables: ['VERTEXAI_API_KEY', 'GOOGLE_VERTEX_API_KEY'],
    keyRequired: false,
    baseUrlVariables: ['VERTEXAI_BASE_URL', 'GOOGLE_VERTEX_BASE_URL'],
    defaultBaseUrl: USUAL_BASE_URL,
    note: "Without a key, Google's default credentials: the file that `GOOGLE_APPLICATION_CREDENTIALS` names (a service account's, or a user's own), else that of `gcloud auth application-default login`, else the machine's metadata server. Project: `VERTEXAI_PROJECT_ID` (`GOOGLE_CLOUD_PROJECT`), else that of the credentials or of gcloud. Location: `VERTEXAI_LOCATION_ID` (`GOOGLE_CLOUD_LOCATION`), else `global`. A model is `gemini-…`, `PUBLISHER/MODEL`, `endpoints/ID` for a tuned one, or its whole `projects/…` name. Parameters as for `gemini`.",
    idInPath: true,
    media: VERTEX_MEDIA,
    structured: GEMINI_STRUCTURED,
    defaultCredentials: 'google',
    messages: { system: { textIn: ['content', 'parts'], keysBesideText: false } },
    extraVariables: [
      { name: 'VERTEXAI_PROJECT_ID', setting: 'project' },
      { name: 'GOOGLE_CLOUD_PROJECT', setting: 'project' },
      { name: 'GOOGLE_VERTEX_PROJECT', setting: 'project' },
      { name: 'VERTEXAI_LOCATION_ID', setting: 'location' },
      { name: 'GOOGLE_CLOUD_LOCATION', setting: 'location' },
      { name: 'GOOGLE_VERTEX_LOCATION', setting: 'location' },
      { name: 'GOOGLE_APPLICATION_CREDENTIALS', setting: 'credentialsFile' },
    ],
  },
  priceListId: 'google',
  key: { header: 'x-goog-api-key', scheme: null },
  choicesParameter: 'candidateCount',
  completionMode: false,
  schemaFields: GEMINI_SCHEMA,
  readAddress: addressAt,
  baseUrl: (address) => withVersionPath(address, USUAL_BASE_URL),
  openAccount: async (settings, clock) => {
    if (settings.apiKey !== null || settings.credentials === undefined) return undefined;
    return (await import('./google-account.ts')).openGoogleAccount(settings, clock);
  },
  writeRequest,
  format: () => GEMINI_CONTENT,
};
