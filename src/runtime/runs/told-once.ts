import type { PromptoFinding } from '../../experiment/index.ts';

const told = new WeakMap<object, Set<boolean>>();

/**
 * Leaves out what the user was told before: how results differ from prompto's is the same for all runs of a command, of
 * which judging, rephrasing and watching have several.
 *
 * @param engine who tells it; what it was told ends with it
 */
export function toldOnce(
  engine: object,
  findings: readonly PromptoFinding[],
): readonly PromptoFinding[] {
  const before = told.get(engine) ?? new Set();
  told.set(engine, before);
  return findings.filter((finding) => {
    if (finding.kind !== 'prompto_rows') return true;
    const isNew = !before.has(finding.fromTable);
    before.add(finding.fromTable);
    return isNew;
  });
}
