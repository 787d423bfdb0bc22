import { inspect } from 'node:util';
import { plainLine, plainText } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';

/**
 * Renders an error that ended a command: message and hint, the stack trace only under `--debug`. What
 * is no TuttiError is an internal error, and says so.
 */
export function renderError(error: unknown, debug: boolean): string {
  const text = error instanceof TuttiError ? expected(error) : internal(error);
  return debug ? `${text}${plainText(inspect(error))}\n` : text;
}

function expected(error: TuttiError): string {
  const message = indentLaterLines(plainText(error.message));
  if (error.hint === undefined) return `tutti: ${message}\n`;
  return `tutti: ${message}\n  ${indentLaterLines(plainText(error.hint))}\n`;
}

function internal(error: unknown): string {
  const what = error instanceof Error ? error.message : String(error);
  return `tutti: Internal error: ${plainLine(what)}\n  It is a fault of tutti, not yours. --debug shows where.\n`;
}

function indentLaterLines(text: string): string {
  return text.trimEnd().replace(/\n/g, '\n  ');
}
