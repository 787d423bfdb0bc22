import { plainLine } from '../../../core/plain-text.ts';
import type { PreferListener, PreferOutcome } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { showAsk } from '../../render/answers/show-ask.ts';
import { countOf, dollarsText, durationText } from '../../render/figures.ts';
import { tableWidth } from '../../render/text-table.ts';
import { fitLine } from '../../terminal/display-width.ts';
import { LiveView } from '../../terminal/live-view.ts';
import { preferenceDocument } from './preference-document.ts';
import { renderPreference, renderVerdictErrors } from './preference-view.ts';

/** How a preference is shown. */
export interface ShowPreferenceOptions {
  readonly prompt: string;
  readonly json: boolean;
  readonly quiet: boolean;
  /** Aborted once the user has asked for the end. */
  readonly drain: AbortSignal;
}

/** A listener that shows what it hears, and the end of it. */
export interface PreferenceShow {
  readonly listener: PreferListener;
  /** Shows the rankings and what they come to. */
  end(outcome: PreferOutcome): void;
  /** Removes what is drawn, and shows the answers that were not shown; nothing where that was done. */
  close(): void;
}

const NOTE = 'Interrupted: what is under way finishes. Ctrl-C again stops at once.';

/** Shows the answers as `ask` does, how many judges have ranked them, and then the rankings. */
export function showPreference(
  context: CliContext,
  { prompt, json, quiet, drain }: ShowPreferenceOptions,
): PreferenceShow {
  const { stdout, stderr, clock } = context;
  const records: string[] = [];
  const takeRecord = (model: number, record: string) => {
    records[model] = record.trimEnd();
  };
  const answers = showAsk(context, { json, quiet, samples: 1, takeRecord });
  const startMs = clock.monotonicMs();
  let models = 0;
  let came = 0;
  let judged = 0;
  let areShown = false;
  let view: LiveView | undefined;
  const onDrain = () => {
    if (view === undefined && !quiet) stderr.write(`${NOTE}\n`);
  };
  const showAnswers = () => {
    if (!areShown) answers.end();
    areShown = true;
  };
  const watchJudges = () => {
    if (quiet || !stderr.canRedraw || drain.aborted) return;
    view = new LiveView({
      screen: stderr,
      clock,
      ticking: true,
      render: ({ columns }) => {
        const elapsed = durationText(clock.monotonicMs() - startMs);
        const count = judged === 0 ? 'judges rank the answers' : `${countOf(judged, 'judge')} done`;
        const note = drain.aborted ? [stderr.style.yellow(fitLine(` ${NOTE}`, columns - 1))] : [];
        return [fitLine(` ${count} · ${elapsed}`, columns - 1), ...note];
      },
    });
  };
  const close = () => {
    view?.close();
    view = undefined;
    drain.removeEventListener('abort', onDrain);
    showAnswers();
  };
  return {
    close,
    listener: {
      ...answers.listener,
      onStart(start) {
        models = start.models.length;
        drain.addEventListener('abort', onDrain, { once: true });
        answers.listener.onStart?.(start);
      },
      onRecord(model, record) {
        answers.listener.onRecord?.(model, record);
        if (++came < models || areShown) return;
        showAnswers();
        watchJudges();
      },
      onVerdict() {
        judged++;
      },
    },
    end(outcome) {
      close();
      const { error } = outcome;
      if (json) stdout.write(`${preferenceDocument(outcome, { prompt, records })}\n`);
      else
        stdout.write(renderPreference(outcome, { width: tableWidth(stdout), style: stdout.style }));
      stderr.write(renderVerdictErrors(outcome));
      if (error !== null && !drain.aborted) {
        stderr.write(`${plainLine(error.message, 2000)}\n`);
      }
      const { verdicts, costUsd } = outcome;
      if (quiet || verdicts.length === 0) return;
      const elapsed = durationText(clock.monotonicMs() - startMs);
      const given = verdicts.filter(({ ranking }) => ranking !== null).length;
      const cost = dollarsText(costUsd);
      stderr.write(
        ` ${given} of ${countOf(verdicts.length, 'judge')} · all in all ${elapsed}, ${cost}\n`,
      );
    },
  };
}
