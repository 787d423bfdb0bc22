import type { ProxySettings } from '../../providers/index.ts';
import { type Environment, variable } from './environment.ts';

/**
 * Reads HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY of the real environment; the lower-case name wins, as in
 * curl. A project's files never set them.
 */
export function proxySettings(environment: Environment): ProxySettings {
  return {
    httpProxy: eitherCase(environment, 'HTTP_PROXY'),
    httpsProxy: eitherCase(environment, 'HTTPS_PROXY'),
    allProxy: eitherCase(environment, 'ALL_PROXY'),
    noProxy: eitherCase(environment, 'NO_PROXY'),
  };
}

function eitherCase(environment: Environment, name: string): string | undefined {
  return variable(environment, name.toLowerCase()) ?? variable(environment, name);
}
