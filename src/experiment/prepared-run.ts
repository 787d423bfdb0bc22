import type { JsonObject } from '../core/json.ts';
import type { RunFolder, RunLock } from '../store/index.ts';
import type { FoundRun } from './find-runs.ts';
import type { FirstPass } from './first-pass.ts';
import type { RunFinding } from './run-finding.ts';

/** A run that may start: its folder is locked, its rows are known. */
export interface PreparedRun<Pass = FirstPass> {
  readonly folder: RunFolder;
  readonly lock: RunLock;
  readonly pass: Pass;
  /** True when an earlier process began it. */
  readonly resumed: boolean;
  /** What `run.json` says of it, besides its state. */
  readonly facts: JsonObject & { readonly input_sha256: string; readonly id: string };
  /** What `run.json` said of it; undefined for a new run. */
  readonly before: JsonObject | undefined;
  readonly findings: readonly RunFinding[];
}

/** An equal run that is complete. */
export interface FinishedRun {
  readonly finished: FoundRun;
}
