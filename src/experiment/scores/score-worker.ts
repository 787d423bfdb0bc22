// A thread that prepares scorers, then scores records by one of them after the other: whatever hangs, hangs here.
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../../core/thrown-message.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import { builtInProgram } from './built-in-program.ts';
import { customProgram } from './custom-program.ts';
import type { RecordScore, ScorerProgram, ScorerSource } from './record-score.ts';
import type { PreparedSource, ScoreOrder, ThreadData, ThreadMessage } from './thread-messages.ts';

const { sources, folder } = workerData as ThreadData;
const programs: (ScorerProgram | undefined)[] = [];
const prepared: PreparedSource[] = [];

for (const source of sources) {
  const program = await prepare(source);
  prepared.push('problem' in program ? program : { mode: program.mode });
  programs.push('problem' in program ? undefined : program);
}
parentPort?.on('message', (order: ScoreOrder) => void score(order));
tell({ prepared });

async function prepare(
  source: ScorerSource,
): Promise<ScorerProgram | Extract<PreparedSource, { readonly problem: string }>> {
  try {
    return await (source.path === null
      ? builtInProgram(source, folder)
      : customProgram(source.path));
  } catch (error) {
    const hint = error instanceof TuttiError ? error.hint : undefined;
    return { problem: messageOf(error), ...(hint !== undefined && { hint }) };
  }
}

async function score({ scorer, records }: ScoreOrder): Promise<void> {
  const program = programs[scorer]!;
  if (program.mode !== 'each') {
    try {
      return tell({ scores: await program.score(records) });
    } catch (error) {
      if (records.length === 1) return tell({ scores: [failed(error)] });
    }
  }
  // One by one, to know which record it is that fails.
  for (const record of records) tell({ scores: await scoreAlone(program, record) });
}

async function scoreAlone(program: ScorerProgram, record: string): Promise<readonly RecordScore[]> {
  try {
    return await program.score([record]);
  } catch (error) {
    return [failed(error)];
  }
}

function failed(error: unknown): RecordScore {
  return { value: null, error: messageOf(error) };
}

function tell(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}
