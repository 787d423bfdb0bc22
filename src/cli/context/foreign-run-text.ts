import type { ForeignRun } from '../../runtime/index.ts';

/** Says what is known of a run that was not begun here. */
export function foreignRunText({ folder, answers, beganAt, host }: ForeignRun): string {
  const when = beganAt === null ? 'at an unknown time' : beganAt;
  const where = host === null ? 'by an earlier tutti or somebody else' : `on ${host}`;
  return `The run in ${folder} was not begun here, but ${when} ${where}, and holds ${answers === 1 ? '1 answer' : `${answers} answers`}`;
}
