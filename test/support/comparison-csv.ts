import type { Comparison, Verdict } from '../../src/ranking/table/comparison.ts';

/** Reads `left,right,winner` and, where they are there, `prompt` and `worker` from unquoted CSV text. */
export function comparisonsFromCsv(text: string): Comparison[] {
  const [header, ...lines] = text.trim().split(/\r?\n/);
  const columns = header!.split(',');
  const at = (name: string) => columns.indexOf(name);
  return lines.map((line) => {
    const cells = line.split(',');
    const optional = (name: string) => (at(name) < 0 ? undefined : cells[at(name)]);
    return {
      left: cells[at('left')]!,
      right: cells[at('right')]!,
      verdict: cells[at('winner')] as Verdict,
      prompt: optional('prompt'),
      judge: optional('worker'),
    };
  });
}
