import type { Clock } from '../core/clock.ts';
import type { SimpleModel } from '../core/model.ts';
import type { EndpointLink, SizeLimits } from './endpoint-link.ts';
import type { Endpoint, EndpointSettings } from './endpoint-settings.ts';

/**
 * Opens an endpoint. Nothing is loaded and nothing is connected before its first `model()`.
 *
 * @param limits bounds on the size of answers; the usual ones unless a test sets others.
 */
export function openEndpoint(
  settings: EndpointSettings,
  clock: Clock,
  limits?: SizeLimits,
): Endpoint {
  let link: Promise<EndpointLink> | undefined;
  const open = async (): Promise<EndpointLink> => {
    const { openLink, USUAL_LIMITS } = await import('./endpoint-link.ts');
    return openLink(settings, clock, limits ?? USUAL_LIMITS);
  };
  return {
    async model(modelId: string, reference: string): Promise<SimpleModel> {
      link ??= open();
      const [opened, { EndpointModel }] = await Promise.all([link, import('./endpoint-model.ts')]);
      return new EndpointModel(modelId, reference, opened);
    },
    async close(): Promise<void> {
      const opened = await link?.catch(() => undefined);
      await Promise.all([opened?.dispatcher.destroy(), opened?.account?.close()]);
    },
  };
}
