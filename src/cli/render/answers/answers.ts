import { type Answer, isCut } from '../../../core/answer.ts';
import { plainLine, plainText } from '../../../core/plain-text.ts';
import { PLAIN_STYLE, type Style } from '../../terminal/style.ts';
import { degradedLineOf } from '../degraded.ts';
import { countOf } from '../figures.ts';
import { renderBeside, renderReasoning } from './beside-text.ts';

/**
 * Renders what one model answered, whole, under its name: each sample under a number where there are
 * several, its tool calls, media and sources behind its text. A failed call has only the text that arrived before it
 * failed, marked as cut short.
 *
 * @param answers the answers of one model, in the order of their samples; at least one.
 * @param style given where somebody looks on: what the model thought is then shown, too, dimmed and folded
 */
export function renderAnswers(title: string, answers: readonly Answer[], style?: Style): string {
  const texts = answers.flatMap((answer) => textsOf(answer, style));
  const body = texts
    .map((text, index) => (texts.length > 1 ? `### ${index + 1}\n${tidy(text)}` : tidy(text)))
    .join('\n');
  return `## ${plainLine(title)}\n${body}\n`;
}

/** Renders what had been streamed of an answer that was interrupted; nothing where nothing had come. */
export function renderInterrupted(title: string, text: string): string {
  return text === '' ? '' : `## ${plainLine(title)}\n${tidy(`${plainText(text)}\n[cut short]`)}\n`;
}

/** Renders why a model gave no answer, with what to do; for standard error. */
export function renderAnswerError(title: string, { error }: Answer): string {
  if (error === null) return '';
  const hint = error.hint === null ? '' : `  ${plainLine(error.hint, 500)}\n`;
  return `${plainLine(title)}: ${plainLine(error.message, 500)}\n${hint}`;
}

/** Renders what is wrong with an answer that is one all the same: cut, or fewer than asked; for standard error. */
export function renderShortcomings(title: string, answer: Answer): string {
  if (answer.error !== null) return '';
  const { choicesMissing = 0, notes = [] } = answer.details ?? {};
  const told = [
    ...(isCut(answer) ? ['the answer was cut at the token limit'] : []),
    ...(choicesMissing > 0
      ? [`${countOf(choicesMissing, 'answer')} fewer than asked for came`]
      : []),
    ...notes.map((note) => plainLine(note)),
  ];
  return told.map((line) => `${plainLine(title)}: ${line}\n`).join('');
}

function textsOf(answer: Answer, style: Style | undefined): readonly string[] {
  const { texts, error, details } = answer;
  if (error !== null) {
    return error.partialText === null ? [] : [plainText(`${error.partialText}\n[cut short]`)];
  }
  const degraded = degradedLineOf(answer) ?? '';
  return texts.map((text, index) => {
    const choice = details?.choices?.[index];
    if (choice === undefined)
      return degraded === '' ? plainText(text) : `${degraded}\n${plainText(text)}`;
    return [
      degraded,
      style === undefined ? '' : renderReasoning(choice, style),
      plainText(text),
      renderBeside(choice, style ?? PLAIN_STYLE),
    ]
      .filter((part) => part !== '')
      .join('\n');
  });
}

function tidy(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
