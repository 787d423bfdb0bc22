import { type CompiledMap, compileMap } from './compile-map.ts';
import type { MapRequest } from './map-request.ts';

/** Reads a map of one step, or of several; what these take is loaded only then. @throws TuttiError where a file cannot be read */
export async function compileRequest(
  request: MapRequest,
  workingFolder: string,
): Promise<CompiledMap> {
  const { steps } = request;
  if (steps === undefined) return compileMap(request, workingFolder);
  return (await import('./compile-chain.ts')).compileChain({ ...request, steps }, workingFolder);
}
