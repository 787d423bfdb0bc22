import { chatWriter } from '../formats/chat-request.ts';
import { pathOfId } from '../formats/path-of-id.ts';

/** Sent unless the settings name another one. */
export const DEFAULT_API_VERSION = '2024-10-21';

/** Writes a request to a deployment, or to the version-free API where the base URL ends in `/v1`. */
export const writeRequest = chatWriter({
  choices: 'n',
  streamOptions: true,
  path({ basePath, id, apiVersion = DEFAULT_API_VERSION }, end) {
    if (basePath.endsWith('/v1')) return basePath + end;
    const version = encodeURIComponent(apiVersion);
    return `${basePath}/deployments/${pathOfId(id)}${end}?api-version=${version}`;
  },
});
