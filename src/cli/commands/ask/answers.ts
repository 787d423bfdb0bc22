import type { Answer } from '../../../core/answer.ts';
import { plainLine, plainText } from '../../../core/plain-text.ts';

/**
 * Renders what one model answered, whole, under its name: each sample under a number where there are
 * several. A failed call has only the text that arrived before it failed, marked as cut short.
 *
 * @param answers the answers of one model, in the order of their samples; at least one.
 */
export function renderAnswers(title: string, answers: readonly Answer[]): string {
  const texts = answers.flatMap(textsOf);
  const body = texts
    .map((text, index) => (texts.length > 1 ? `### ${index + 1}\n${tidy(text)}` : tidy(text)))
    .join('\n');
  return `## ${plainLine(title)}\n${body}\n`;
}

/** Renders what had been streamed of an answer that was interrupted; nothing where nothing had come. */
export function renderInterrupted(title: string, text: string): string {
  return text === '' ? '' : `## ${plainLine(title)}\n${tidy(`${text}\n[cut short]`)}\n`;
}

/** Renders why a model gave no answer, with what to do; for standard error. */
export function renderAnswerError(title: string, { error }: Answer): string {
  if (error === null) return '';
  const hint = error.hint === null ? '' : `  ${plainLine(error.hint, 500)}\n`;
  return `${plainLine(title)}: ${plainLine(error.message, 500)}\n${hint}`;
}

function textsOf({ texts, error }: Answer): readonly string[] {
  if (error === null) return texts;
  return error.partialText === null ? [] : [`${error.partialText}\n[cut short]`];
}

function tidy(text: string): string {
  const clean = plainText(text);
  return clean.endsWith('\n') ? clean : `${clean}\n`;
}
