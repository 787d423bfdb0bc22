import { plainLine } from '../../../core/plain-text.ts';
import type { AskListener } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { LiveView } from '../../terminal/live-view.ts';
import {
  renderAnswerError,
  renderAnswers,
  renderInterrupted,
  renderShortcomings,
} from './answers.ts';
import { AskSession } from './ask-session.ts';
import { renderAskPanels } from './panels.ts';
import { renderAskStart } from './start.ts';
import { renderAskSummary } from './summary.ts';

/** How the answers are shown. */
export interface ShowAskOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Answers wanted of each model. */
  readonly samples: number;
  /** Receives the records under `--json`; default: they are printed. */
  readonly takeRecord?: ((model: number, record: string) => void) | undefined;
}

/** A listener that shows what it hears, and the end of it. */
export interface AskShow {
  readonly listener: AskListener;
  /** Removes the panels, shows what was not shown yet and the summary; true when every model answered. */
  end(): boolean;
}

/**
 * Shows the answers of an `ask`: panels on a terminal that can redraw, whole answers as they finish in a
 * pipe, records under `--json`. Everything but answers goes to standard error.
 */
export function showAsk(context: CliContext, options: ShowAskOptions): AskShow {
  const { stdout, stderr, clock } = context;
  const { json, quiet, samples, takeRecord } = options;
  const live = stdout.canRedraw && !json && !quiet;
  const streams = live || (!json && samples === 1);
  let session: AskSession | undefined;
  let view: LiveView | undefined;

  const showWhole = (index: number) => {
    const result = session!.result(index);
    const some = result.answers.some(({ texts, error }) => texts.length > 0 || error?.partialText);
    const style = stdout.canRedraw ? stdout.style : undefined;
    if (!json && some) stdout.write(renderAnswers(result.title, result.answers, style));
    for (const answer of result.answers) {
      stderr.write(renderAnswerError(result.title, answer));
      stderr.write(renderShortcomings(result.title, answer));
    }
  };
  const listener: AskListener = {
    onStart(start) {
      session = new AskSession(start.models, clock, start.status);
      if (!quiet) stderr.write(renderAskStart(start));
      if (!live) return;
      view = new LiveView({
        screen: stdout,
        clock,
        ticking: true,
        render: (size) => renderAskPanels(session!.panels(), size, stdout.style),
      });
    },
    // Only a stream tells when the first piece of an answer came.
    onDelta: streams ? (index, sample, text) => session?.addDelta(index, sample, text) : undefined,
    onProgress: (index, _, line) => session?.addProgress(index, line),
    onAnswer: (index, sample, answer) => session?.addAnswer(index, sample, answer),
    onRecord(index, record) {
      session?.end(index);
      if (json && takeRecord === undefined) stdout.write(`${record.trimEnd()}\n`);
      takeRecord?.(index, record);
      if (!live) showWhole(index);
    },
  };
  const end = () => {
    view?.close();
    const answered = session?.answered() ?? [];
    // In a pipe only what was interrupted between two samples is not shown yet.
    for (const index of answered) if (live || !session?.hasEnded(index)) showWhole(index);
    for (const { title, text } of session?.unanswered() ?? []) {
      // In a pipe answers come whole.
      if (live) stdout.write(renderInterrupted(title, text));
      stderr.write(`${plainLine(title)}: stopped before it had answered\n`);
    }
    if (!quiet && session && answered.length > 0) {
      const results = answered.map((index) => session!.result(index));
      const size = { width: stderr.size().columns - 1, style: stderr.style };
      stderr.write(renderAskSummary(results, session.elapsedMs, size));
    }
    return session?.complete ?? false;
  };
  return { listener, end };
}
