import { plainLine } from '../../core/plain-text.ts';
import type { ModelSources } from '../../runtime/index.ts';

/** Renders which keys and unusual addresses models are asked with, and whether one is simulated, a line each. */
export function renderSources({ simulated, keys, addresses }: ModelSources): string {
  const list = keys.map(({ variable, where }) => `${variable} (${where})`).join(', ');
  return [
    ...(simulated
      ? ['sim/… models are SIMULATED here: no real model is asked, nothing is paid']
      : []),
    ...(keys.length > 0 ? [`keys: ${list}`] : []),
    ...addresses.map(({ endpoint, host, source }) => `${endpoint} is asked at ${host}: ${source}`),
  ]
    .map((line) => `${plainLine(line, 300)}\n`)
    .join('');
}
