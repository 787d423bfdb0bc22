import { TuttiError } from '../../core/tutti-error.ts';
import type { EndpointSettings } from '../endpoint-settings.ts';

/** The address of the location `global`, and of express mode. */
export const USUAL_BASE_URL = 'https://aiplatform.googleapis.com/v1';
/** Where a model is asked unless the user names a location. */
export const USUAL_LOCATION = 'global';

/** Locations of several regions have addresses of their own form. */
const SEVERAL_REGIONS: ReadonlySet<string> = new Set(['us', 'eu']);
const LOCATION = /^[a-z][a-z0-9-]{0,62}$/;

/**
 * Makes Google's usual address that of a location; any other address stays as it is.
 *
 * @throws TuttiError `bad_settings` for a location that is none.
 */
export function addressAt(text: string, { location }: Pick<EndpointSettings, 'location'>): string {
  if (location !== undefined && !LOCATION.test(location)) {
    throw new TuttiError('bad_settings', 'The location of vertexai is not one.', {
      hint: 'It is a word such as global, eu or europe-west4.',
    });
  }
  if (text !== USUAL_BASE_URL || location === undefined || location === USUAL_LOCATION) return text;
  const host = SEVERAL_REGIONS.has(location)
    ? `aiplatform.${location}.rep.googleapis.com`
    : `${location}-aiplatform.googleapis.com`;
  return `https://${host}/v1`;
}
