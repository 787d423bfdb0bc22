import { plainLine } from '../../../core/plain-text.ts';
import type { TestedModel } from '../../../runtime/index.ts';
import { dollarsText, durationText } from '../../render/figures.ts';
import type { Style } from '../../terminal/style.ts';

/** Renders what one tiny call to a model gave, with a hint when it failed. */
export function renderTested({ model, answer }: TestedModel, style: Style): string {
  const name = plainLine(model);
  if (answer.error === null) {
    const figures = `${durationText(answer.latencyMs)}   ${dollarsText(answer.costUsd)}`;
    const as = answer.model === null ? '' : `   answered as ${plainLine(answer.model)}`;
    return `${style.green('ok')}      ${name}   ${figures}${as}\n`;
  }
  const hint = answer.error.hint === null ? '' : `        ${plainLine(answer.error.hint, 500)}\n`;
  return `${style.red('failed')}  ${name}   ${plainLine(answer.error.message, 500)}\n${hint}`;
}
