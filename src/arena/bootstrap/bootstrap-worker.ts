// A thread that runs rounds of a bootstrap: it is given the job once, then one range after the other.
import { parentPort, workerData } from 'node:worker_threads';
import { type BootstrapJob, bootstrapRounds } from '../../ranking/index.ts';
import type { RoundRange, WorkerMessage } from './bootstrap-threads.ts';

const TOLD_EVERY = 10;

parentPort?.on('message', ({ from, to }: RoundRange) => {
  let told = 0;
  const rounds = bootstrapRounds(workerData as BootstrapJob, from, to, (done) => {
    if (done - told < TOLD_EVERY) return;
    tell({ from, done: done - told });
    told = done;
  });
  tell({ from, done: to - from - told, rounds }, [rounds.values.buffer as ArrayBuffer]);
});

function tell(message: WorkerMessage, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred);
}
