import { isComposite } from '../../core/model.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { isSignal, mistakeOfAsk, shown } from '../rows/ask-mistakes.ts';
import { checkNumbers } from '../runner/run-numbers.ts';
import type { OneCall, RunWorkflowOptions } from './run-workflow-options.ts';

type Names = Readonly<Record<keyof RunWorkflowOptions<unknown>, true>>;

const NAMES: Names = {
  ...{ clock: true, random: true, session: true, lane: true },
  ...{ folder: true, single: true, entry: true, attempts: true, timeoutMs: true },
  ...{ idleTimeoutMs: true, maxWaitMs: true, stopAfter: true, rowTimeoutMs: true },
  ...{ openRows: true, onProgress: true, firstAlone: true, drain: true, signal: true },
};

const ROWS_HINT = 'Rows are a list, an iterable or an async iterable; await what is a promise.';

const ALL = Object.keys(NAMES);

/**
 * Refuses what a program without types may hand to a run of a workflow: it would fail somewhere inside, or be passed over
 * in silence.
 *
 * @throws TuttiError `bad_usage`
 */
export function checkWorkflowRun(
  rows: unknown,
  workflow: unknown,
  options: RunWorkflowOptions<never>,
): void {
  const iterable = rows as Partial<Iterable<unknown> & AsyncIterable<unknown>> | null | undefined;
  const isIterable = iterable?.[Symbol.asyncIterator] ?? iterable?.[Symbol.iterator];
  // A text is an iterable of its characters, and nobody asks about these.
  if (!isIterable || typeof rows === 'string') throw wrong('rows', rows, ROWS_HINT);
  if (typeof workflow !== 'function') {
    throw wrong('the workflow', workflow, 'It is an async function: async (row, { ask }) => …');
  }
  for (const name of Object.keys(options)) if (!Object.hasOwn(NAMES, name)) throw unknown(name);
  checkNumbers(options);
  checkFolder(options.folder);
  for (const name of ['single', 'entry', 'onProgress'] as const) {
    const given: unknown = options[name];
    if (given !== undefined && typeof given !== 'function')
      throw wrong(name, given, 'It is a function.');
  }
  for (const name of ['drain', 'signal'] as const) {
    const given: unknown = options[name];
    if (given === undefined || isSignal(given)) continue;
    throw wrong(name, given, 'It is an AbortSignal, such as controller.signal.');
  }
}

/** Refuses what is no call, as `single` of such a program may declare it. @throws TuttiError `bad_usage` */
export function checkOneCall({ model, question }: OneCall): void {
  const mistake = mistakeOfAsk('single', model, question, {});
  if (mistake !== undefined) {
    throw new TuttiError('bad_usage', mistake.message, { hint: mistake.hint ?? undefined });
  }
  if (!isComposite(model)) return;
  throw new TuttiError('bad_usage', `${model.reference} is a composite model, and no single call`, {
    hint: 'Leave such rows to the workflow: `single` gives undefined for them.',
  });
}

/** An empty path would be the working folder. */
function checkFolder(folder: unknown): void {
  if (folder === undefined || (typeof folder === 'string' && folder !== '')) return;
  throw wrong(
    'folder',
    folder,
    "Name a folder of the run's own; without `folder` nothing is kept.",
  );
}

function wrong(what: string, given: unknown, hint: string): TuttiError {
  const verb = what === 'rows' ? 'are' : 'is';
  return new TuttiError('bad_usage', `${what} ${verb} ${shown(given)}`, { hint });
}

function unknown(name: string): TuttiError {
  const meant = nearestName(name, ALL);
  return new TuttiError('bad_usage', `a run of a workflow has no option "${name}"`, {
    hint: meant ? `Did you mean ${meant}?` : `There are ${ALL.join(', ')}.`,
  });
}
