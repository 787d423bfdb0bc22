export type { DefaultCredentials } from './account.ts';
export type { Endpoint, EndpointSettings } from './endpoint-settings.ts';
export { openEndpoint } from './open-endpoint.ts';
export type { Price } from './prices/price.ts';
export type {
  ExtraVariable,
  PromptoDifference,
  ProviderDescription,
} from './provider-description.ts';
export { refusedMessages } from './refused-messages.ts';
export { PROVIDERS } from './registry.generated.ts';
export { schemaParameter } from './structured-request.ts';
export { withoutSlashesAtEnd } from './transport/base-url.ts';
export { isLoopbackHost } from './transport/loopback.ts';
export type { ProxySettings } from './transport/proxy-choice.ts';
export { isSecretQuery, keysInHeader, passwordsOf } from './transport/secret-settings.ts';
