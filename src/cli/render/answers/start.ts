import type { AskStart } from '../../../runtime/index.ts';
import { renderNotice } from '../notices.ts';
import { renderSources } from '../sources.ts';

/** Renders what stands before the answers: what is simulated, which keys and unusual addresses are used. */
export function renderAskStart({
  sources,
  notices,
}: Pick<AskStart, 'sources' | 'notices'>): string {
  return notices.map((notice) => `${renderNotice(notice)}\n`).join('') + renderSources(sources);
}
