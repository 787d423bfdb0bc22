import { plainLine } from '../../../core/plain-text.ts';
import type { ConsortiumListener, ConsortiumOutcome } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { EXIT_INTERRUPTED, EXIT_OK, EXIT_SOME_FAILED } from '../../context/exit-code.ts';
import { renderAskStart } from '../../render/answers/start.ts';
import { countOf, durationText, spendText } from '../../render/figures.ts';
import { fitLine } from '../../terminal/display-width.ts';
import { INTERRUPTED_NOTE } from '../../terminal/interrupts.ts';
import { LiveView } from '../../terminal/live-view.ts';
import { renderAnswer, renderMembers, renderResultSummary } from './result-view.ts';

/** How the answer is shown. */
export interface ShowConsortiumOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly drain: AbortSignal;
}

/** A listener that shows what it hears, and the end of it. */
export interface ConsortiumShow {
  readonly listener: ConsortiumListener;
  /** Shows the answer and how it came about. @returns the exit code */
  end(outcome: ConsortiumOutcome): number;
  /** Removes what is drawn; nothing where that was done. */
  close(): void;
}

/** Shows how a consortium comes to its answer: a line that is drawn anew, or lines where nothing can be. */
export function showConsortium(
  { stdout, stderr, clock }: CliContext,
  { json, quiet, drain }: ShowConsortiumOptions,
): ConsortiumShow {
  const startMs = clock.monotonicMs();
  let line = '';
  let view: LiveView | undefined;
  const tell = (text: string) => {
    if (!quiet) stderr.write(text);
  };
  const onDrain = () => {
    if (view === undefined) tell(`${INTERRUPTED_NOTE}\n`);
  };
  const close = () => {
    view?.close();
    view = undefined;
    drain.removeEventListener('abort', onDrain);
  };
  return {
    close,
    listener: {
      onStart({ sources, warnings, notices, members }) {
        tell(renderAskStart({ sources, notices }));
        tell(warnings.map((warning) => `${plainLine(warning, 500)}\n`).join(''));
        line = `${countOf(members.length, 'member is', 'members are')} asked`;
        drain.addEventListener('abort', onDrain, { once: true });
        if (quiet || !stderr.canRedraw) return;
        view = new LiveView({
          screen: stderr,
          clock,
          ticking: true,
          render: ({ columns }) => {
            const elapsed = durationText(clock.monotonicMs() - startMs);
            const note = drain.aborted
              ? [stderr.style.yellow(fitLine(` ${INTERRUPTED_NOTE}`, columns - 1))]
              : [];
            return [fitLine(` ${line} · ${elapsed}`, columns - 1), ...note];
          },
        });
      },
      onProgress(text) {
        line = plainLine(text, 500);
        if (view === undefined) tell(`${line}\n`);
      },
    },
    end(outcome) {
      close();
      const { result, unanswered, error, heard, written } = outcome;
      if (result !== null) {
        stdout.write(json ? `${JSON.stringify(result)}\n` : renderAnswer(result));
        tell(renderResultSummary(result, outcome));
        if (written !== undefined) {
          // Also where it is quiet: another file is gone.
          const { file, replaced } = written;
          if (replaced) stderr.write(`replaced ${plainLine(file, 1000)}\n`);
          else tell(`wrote ${plainLine(file, 1000)}\n`);
        }
        // What was in flight may have been all that was missing.
        if (drain.aborted) return EXIT_INTERRUPTED;
        return result.status === 'complete' ? EXIT_OK : EXIT_SOME_FAILED;
      }
      if (error !== null) {
        const hint = error.hint ? `  ${plainLine(error.hint, 500)}\n` : '';
        stderr.write(`${plainLine(error.message, 1000)}\n${hint}`);
      } else stderr.write('stopped before it had an answer\n');
      // They are paid for.
      stdout.write(json ? `${JSON.stringify(unanswered)}\n` : renderMembers(heard));
      const { costUsd, unknownCosts } = outcome;
      tell(
        `${durationText(clock.monotonicMs() - startMs)} · ${spendText(costUsd, unknownCosts)}\n`,
      );
      return error === null || drain.aborted ? EXIT_INTERRUPTED : EXIT_SOME_FAILED;
    },
  };
}
