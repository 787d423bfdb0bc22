import type { Clock } from '../../core/clock.ts';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import type { Account, DefaultCredentials } from '../account.ts';
import type { EndpointSettings } from '../endpoint-settings.ts';
import { AccessTokens, type FetchToken } from './access-tokens.ts';
import { type CredentialsFile, readCredentials } from './credentials-file.ts';
import { metadataProject, metadataToken } from './metadata-server.ts';
import { serviceAccountGrant, userGrant } from './token-grants.ts';
import { requestToken } from './token-request.ts';

/**
 * Opens the account of Google's default credentials: a service account's key, a user's own login, or what the machine
 * runs as.
 *
 * @throws TuttiError `bad_settings` for a file that holds none, `missing_key` where there are none at all.
 */
export async function openGoogleAccount(
  settings: EndpointSettings,
  clock: Clock,
): Promise<Account> {
  const { file, where, project, metadataHost } = settings.credentials as DefaultCredentials;
  if (file === null) {
    const tokens = new AccessTokens((signal) => metadataToken(metadataHost, clock, signal), clock);
    return accountOf(tokens, {
      where: `the metadata server ${metadataHost}`,
      project: project ?? (await metadataProject(metadataHost, where, clock)),
    });
  }
  const credentials = await readCredentials(file);
  const tokens = new AccessTokens(fetcher(credentials, settings, clock), clock);
  const own = credentials.projectId ?? project;
  if (own === null && settings.project === undefined) throw unknownProject(where);
  return accountOf(tokens, { where, project: own, quotaProject: credentials.quotaProjectId });
}

function unknownProject(where: string): TuttiError {
  const message = `vertexai asks in the name of a project, and ${plainLine(where, 300)} names none`;
  return new TuttiError('bad_settings', message, {
    hint: 'Set VERTEXAI_PROJECT_ID, or gcloud config set project ID.',
  });
}

function fetcher(
  credentials: CredentialsFile,
  settings: EndpointSettings,
  clock: Clock,
): FetchToken {
  const { proxy, certificateFile } = settings;
  return (signal) => {
    const grant =
      credentials.kind === 'service account'
        ? serviceAccountGrant(credentials, clock.wallMs())
        : userGrant(credentials);
    const url = new URL(credentials.tokenUrl);
    return requestToken({ url, form: grant, proxy, certificateFile, clock, signal });
  };
}

interface Known {
  readonly where: string;
  readonly project: string | null;
  readonly quotaProject?: string | null;
}

function accountOf(tokens: AccessTokens, { where, project, quotaProject = null }: Known): Account {
  const quota = quotaProject === null ? {} : { 'x-goog-user-project': quotaProject };
  const headersOf = (token: string) => ({ authorization: `Bearer ${token}`, ...quota });
  return {
    where,
    project,
    get secrets() {
      return tokens.known;
    },
    headers() {
      const token = tokens.current();
      return token instanceof Promise ? token.then(headersOf) : headersOf(token);
    },
    close: () => tokens.close(),
  };
}
