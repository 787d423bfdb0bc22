import type { Clock } from '../core/clock.ts';
import type { FileStore } from '../core/file-store.ts';
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
  let link: Promise<OpenLink> | undefined;
  const open = async (): Promise<OpenLink> => {
    const { openLink, USUAL_LIMITS } = await import('./endpoint-link.ts');
    const opened = await openLink(settings, clock, limits ?? USUAL_LIMITS);
    return { opened, files: await openFiles(opened) };
  };
  return {
    async model(modelId: string, reference: string): Promise<SimpleModel> {
      link ??= open();
      const [{ opened, files }, { EndpointModel }] = await Promise.all([
        link,
        import('./endpoint-model.ts'),
      ]);
      return new EndpointModel(modelId, reference, opened, files);
    },
    async close(): Promise<void> {
      const { opened } = (await link?.catch(() => undefined)) ?? {};
      await Promise.all([opened?.dispatcher.destroy(), opened?.account?.close()]);
    },
  };
}

/** The files of an account; undefined where its API keeps none. */
async function openFiles(link: EndpointLink): Promise<FileStore | undefined> {
  const { provider } = link;
  if (provider.openFiles === undefined) return undefined;
  const { fileHttp } = await import('./file-http.ts');
  return provider.openFiles(fileHttp(link));
}

/** What the models of an endpoint share. */
interface OpenLink {
  readonly opened: EndpointLink;
  /** One for all of them: what one model has brought, the others can ask about. */
  readonly files: FileStore | undefined;
}
