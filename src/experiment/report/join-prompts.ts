import type { SampledPrompt } from './prompt-sample.ts';
import type { ShownPrompt, ShownRow } from './run-report.ts';
import type { KeptRow } from './shown-row.ts';

/** Puts the rows that were chosen and those that failed together, prompt by prompt, in the order of the results. */
export function joinPrompts(
  chosen: ReadonlyMap<string, SampledPrompt<KeptRow>>,
  failed: readonly KeptRow[],
): ShownPrompt[] {
  const byHash = new Map<string, Map<number, KeptRow>>();
  for (const kept of [...[...chosen.values()].flatMap(({ rows }) => rows), ...failed]) {
    const rows = byHash.get(kept.hash) ?? new Map<number, KeptRow>();
    byHash.set(kept.hash, rows.set(kept.row.line, kept));
  }
  return [...byHash]
    .map(([hash, rows]) => joined([...rows.values()], chosen.get(hash)))
    .sort((a, b) => a.rows[0]!.line - b.rows[0]!.line);
}

function joined(
  kept: readonly KeptRow[],
  sampled: SampledPrompt<KeptRow> | undefined,
): ShownPrompt {
  const rows = kept.map(({ row }) => row).sort((a, b) => a.line - b.line);
  const { prompt, expected } = kept[0]!;
  const seen = (sampled?.rows.length ?? 0) + (sampled?.left ?? 0);
  const left = sampled === undefined ? null : seen - rows.length;
  return { texts: prompt, expected, rows, left, differing: countDiffering(rows) };
}

function countDiffering(rows: readonly ShownRow[]): number {
  const answers = rows
    .filter(({ status }) => status === 'answered')
    .map(({ texts }) =>
      JSON.stringify(texts.map(({ label, text }) => (label === 'reasoning' ? '' : text.trim()))),
    );
  return new Set(answers).size;
}
