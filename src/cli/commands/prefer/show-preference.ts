import { plainLine } from '../../../core/plain-text.ts';
import type { PreferListener, PreferOutcome } from '../../../runtime/index.ts';
import type { CliContext } from '../../context/context.ts';
import { showAsk } from '../../render/answers/show-ask.ts';
import { countOf, dollarsText, durationText } from '../../render/figures.ts';
import { tableWidth } from '../../render/text-table.ts';
import { INTERRUPTED_NOTE } from '../../terminal/interrupts.ts';
import { JudgeProgress } from './judge-progress.ts';
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

/** Shows the answers as `ask` does, how many judges have ranked them, and then the rankings. */
export function showPreference(
  context: CliContext,
  { prompt, json, quiet, drain }: ShowPreferenceOptions,
): PreferenceShow {
  const { stdout, stderr, clock } = context;
  const records = new Map<number, string>();
  const answers = showAsk(context, {
    ...{ json, quiet, samples: 1 },
    takeRecord: (model, record) => void records.set(model, record.trimEnd()),
  });
  const judges = new JudgeProgress(context, drain);
  const startMs = clock.monotonicMs();
  let models = 0;
  let isStarted = false;
  let areShown = false;
  const onDrain = () => {
    if (!judges.isShown && !quiet) stderr.write(`${INTERRUPTED_NOTE}\n`);
  };
  const showAnswers = () => {
    if (isStarted && !areShown) answers.end();
    areShown = true;
  };
  const close = () => {
    judges.close();
    drain.removeEventListener('abort', onDrain);
    showAnswers();
  };
  return {
    close,
    listener: {
      ...answers.listener,
      onStart(start) {
        isStarted = true;
        models = start.models.length;
        drain.addEventListener('abort', onDrain, { once: true });
        answers.listener.onStart?.(start);
      },
      onRecord(model, record) {
        answers.listener.onRecord?.(model, record);
        if (records.size < models || areShown) return;
        showAnswers();
        if (!quiet) judges.start();
      },
      onVerdict: () => judges.add(),
    },
    end(outcome) {
      close();
      if (json) {
        const inOrder = outcome.models.flatMap((_, model) => records.get(model) ?? []);
        stdout.write(`${preferenceDocument(outcome, { prompt, records: inOrder })}\n`);
      } else {
        const view = { width: tableWidth(stdout), style: stdout.style };
        stdout.write(renderPreference(outcome, view));
      }
      stderr.write(renderVerdictErrors(outcome));
      const { error } = outcome;
      if (error !== null && !drain.aborted) stderr.write(`${plainLine(error.message, 2000)}\n`);
      if (!quiet) stderr.write(summaryText(outcome, clock.monotonicMs() - startMs));
    },
  };
}

function summaryText({ verdicts, judges, costUsd }: PreferOutcome, elapsedMs: number): string {
  if (verdicts.length === 0) return '';
  const given = verdicts.filter(({ ranking }) => ranking !== null).length;
  const all = `all in all ${durationText(elapsedMs)}, ${dollarsText(costUsd)}`;
  return ` rankings of ${given} of ${countOf(judges.length, 'judge')} · ${all}\n`;
}
