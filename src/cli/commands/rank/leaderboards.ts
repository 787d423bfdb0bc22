import type { RankedTable } from '../../../arena/index.ts';
import { plainLine } from '../../../core/plain-text.ts';
import { namedFlags } from '../../command-line/named-flags.ts';
import { renderCorrelations } from './correlations.ts';
import { renderExpectedScores } from './expected-scores.ts';
import { renderFindings } from './findings.ts';
import { type LeaderboardView, renderLeaderboard } from './leaderboard.ts';
import { renderBoardNotes, renderFitLine, renderMeaning } from './leaderboard-notes.ts';
import { RANK_OPTIONS } from './options.ts';
import { renderSideBySide } from './side-by-side.ts';

/** Renders all rankings, what was found out about each, and how they agree. */
export function renderLeaderboards(ranked: RankedTable, view: LeaderboardView): string {
  const { leaderboards, refusals } = ranked;
  const boards = leaderboards.map((board) =>
    [
      view.style.bold(renderFitLine(board)),
      renderMeaning(board),
      renderLeaderboard(board, view),
      renderBoardNotes(board),
      renderFindings(board, view),
    ].join(''),
  );
  const refused = refusals.map(({ method, group, message }) =>
    plainLine(`${group}: not ranked by ${method}: ${message}`, 300),
  );
  const hints = new Set(refusals.flatMap(({ hint }) => (hint === undefined ? [] : [hint])));
  for (const hint of hints) refused.push(`  ${plainLine(namedFlags(hint, RANK_OPTIONS), 300)}`);
  return [
    ...boards,
    renderSideBySide(leaderboards, view),
    renderCorrelations(leaderboards, view),
    renderExpectedScores(leaderboards, view),
    refused.length === 0 ? '' : `${refused.join('\n')}\n`,
  ]
    .filter((part) => part !== '')
    .join('\n');
}
