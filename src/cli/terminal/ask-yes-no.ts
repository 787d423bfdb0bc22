import type { Keyboard } from './keyboard.ts';

/** Asks a question to which anything but `y` or `yes` means no. */
export async function askYesNo(keyboard: Keyboard, question: string): Promise<boolean> {
  const answer = await keyboard.askLine(`${question} [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
