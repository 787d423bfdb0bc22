import { pathOfId } from '../formats/path-of-id.ts';
import { contentWriter } from '../gemini/request.ts';
import type { ModelAddress } from '../provider.ts';
import { USUAL_LOCATION } from './address.ts';

/** Writes a request as for Gemini, to the model's resource; the project's own where one is known. */
export const writeRequest = contentWriter(resourceOf);

function resourceOf({ id, project, location = USUAL_LOCATION }: ModelAddress): string {
  if (id.startsWith('projects/')) return pathOfId(id);
  const root =
    project === undefined ? '' : `${pathOfId(`projects/${project}/locations/${location}`)}/`;
  return root + pathOfId(nameOf(id));
}

function nameOf(id: string): string {
  if (/^(publishers|endpoints|models)\//.test(id)) return id;
  const slash = id.indexOf('/');
  const [publisher, model] = slash < 0 ? ['google', id] : [id.slice(0, slash), id.slice(slash + 1)];
  return `publishers/${publisher}/models/${model}`;
}
