import type { AskStart } from '../../../runtime/index.ts';
import { renderNotices } from '../notices.ts';
import { renderSources } from '../sources.ts';

/** Renders what stands before the answers: what is simulated, which keys and unusual addresses are used. */
export function renderAskStart({
  sources,
  notices,
}: Pick<AskStart, 'sources' | 'notices'>): string {
  return renderNotices(notices) + renderSources(sources);
}
