import type { ModelSelector } from './experiment-row.ts';

/** The name of a row's model as a reference, whether or not anything is called so. */
export function modelName({ reference, api, modelName: name }: ModelSelector): string {
  return reference ?? (name === null ? `${api}` : `${api}/${name}`);
}
