import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { JsonObject } from '../../src/core/json.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import { type ActionContext, createContext } from '../../src/runtime/context/action-context.ts';
import { type AskRequest, createEnvironment, type RunRequest } from '../../src/runtime/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A home and a working folder that are removed after the test, and what an engine is handed. */
export interface SampleEngine {
  readonly folder: string;
  readonly context: ActionContext;
  /** Writes a file below the folder and returns its path. */
  write(name: string, content: string | readonly object[]): string;
  run(file: string, changes?: Partial<RunRequest>): RunRequest;
}

/**
 * Makes what the engine is opened with.
 *
 * @param settings text of the home's `config.yaml`
 */
export function sampleEngine(
  settings = '',
  variables: Readonly<Record<string, string>> = {},
): SampleEngine {
  const folder = temporaryFolder();
  const home = join(folder, 'home');
  mkdirSync(home);
  writeFileSync(join(home, 'config.yaml'), settings, { mode: 0o600 });
  const context = createContext(
    {
      environment: createEnvironment({ TUTTI_HOME: home, ...variables }),
      workingFolder: folder,
      clock: systemClock,
      trust: false,
      agree: undefined,
    },
    () => 0.5,
  );
  onTestFinished(() => context.opener.close());
  return {
    folder,
    context,
    write(name, content) {
      const path = join(folder, name);
      const lines = (rows: readonly object[]) => rows.map((row) => `${JSON.stringify(row)}\n`);
      writeFileSync(path, typeof content === 'string' ? content : lines(content).join(''));
      return path;
    },
    run: (file, changes) => ({ file, out: join(folder, 'out'), ...changes }),
  };
}

/** A question to models. */
export function question(models: readonly string[], changes: Partial<AskRequest> = {}): AskRequest {
  const parameters: JsonObject = {};
  const nothing = { system: undefined, timeoutMs: undefined, attempts: undefined };
  const { signal } = new AbortController();
  return { models, prompt: 'hi', parameters, samples: 1, signal, ...nothing, ...changes };
}
