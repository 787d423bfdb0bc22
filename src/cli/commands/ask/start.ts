import { plainLine } from '../../../core/plain-text.ts';
import type { AskStart } from '../../../runtime/index.ts';
import { renderNotice } from '../../render/notices.ts';

/** Renders what stands before the answers: what is simulated, which keys and unusual addresses are used. */
export function renderAskStart({
  sources,
  notices,
}: Pick<AskStart, 'sources' | 'notices'>): string {
  const { simulated, keys, addresses } = sources;
  const list = keys.map(({ variable, where }) => `${variable} (${where})`).join(', ');
  const lines = [
    ...(simulated
      ? ['sim/… models are SIMULATED here: no real model is asked, nothing is paid']
      : []),
    ...(keys.length > 0 ? [`keys: ${list}`] : []),
    ...addresses.map(({ endpoint, host, source }) => `${endpoint} is asked at ${host}: ${source}`),
  ];
  return [...notices.map(renderNotice), ...lines.map((line) => plainLine(line, 300))]
    .map((line) => `${line}\n`)
    .join('');
}
