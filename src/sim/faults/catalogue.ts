import { empty, emptyList, html, noChoice, truncated } from './body-faults.ts';
import { halfClose, hang, reset } from './connection-faults.ts';
import { echoKey, okError, wrongModel } from './content-faults.ts';
import { contextLength } from './context-length.ts';
import { drip } from './drip.ts';
import type { Fault } from './fault.ts';
import { noJsonObject, noJsonSchema } from './format-refusals.ts';
import {
  blank,
  comments,
  errorLine,
  noFinish,
  noStreamOptions,
  noStreams,
  oneChoice,
  onlyStreams,
} from './habits.ts';
import { brokenJson, cut, extraKey, missingKey, prose, wrongType } from './json-faults.ts';
import { redirect } from './redirect.ts';
import { endless, gzipBomb, headerFlood, nestedEncoding } from './size-faults.ts';
import { overloaded, quota, statusFault } from './status-faults.ts';
import { noDone, streamCut, streamError } from './stream-faults.ts';

/** Every fault with a name of its own; any HTTP status from 400 to 599 is one too. */
export const FAULTS: readonly Fault[] = [
  statusFault(429),
  statusFault(500),
  statusFault(503),
  quota,
  overloaded,
  reset,
  hang,
  halfClose,
  truncated,
  html,
  empty,
  emptyList,
  noChoice,
  okError,
  wrongModel,
  echoKey,
  drip,
  endless,
  gzipBomb,
  nestedEncoding,
  headerFlood,
  redirect,
  streamCut,
  streamError,
  noDone,
  noFinish,
  errorLine,
  comments,
  blank,
  oneChoice,
  onlyStreams,
  noStreams,
  noStreamOptions,
  wrongType,
  extraKey,
  missingKey,
  brokenJson,
  prose,
  cut,
  noJsonSchema,
  noJsonObject,
  contextLength,
];

/** What `mixed` is made of, in equal parts: everything that a second try should cure. */
export const MIXED_FAULTS: readonly string[] = [
  '500',
  '503',
  'overloaded',
  'reset',
  'half-close',
  'truncated',
  'html',
  'empty',
  'no-choice',
  'ok-error',
];

/** Finds a fault by its name or status; undefined if there is none. */
export function findFault(name: string): Fault | undefined {
  const named = FAULTS.find((fault) => fault.name === name);
  return named ?? (/^[45]\d\d$/.test(name) ? statusFault(Number(name)) : undefined);
}
