import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isComposite, type Model } from '../../src/core/model.ts';
import { systemClock } from '../../src/core/system-clock.ts';
import {
  type FindTarget,
  type FirstPass,
  type FirstPassOptions,
  type LaneTarget,
  type PreparedRun,
  type PrepareOptions,
  prepareRun,
  readExperiment,
} from '../../src/experiment/index.ts';

/** What a test says of the models of an experiment. */
export interface FakeLanes {
  /** Models by reference; any other reference gets a lane that cannot be opened. */
  readonly models?: Readonly<Record<string, Model>>;
  /** What aliases stand for. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** References that cannot be used. */
  readonly unknown?: readonly string[];
  readonly severalChoices?: boolean;
  readonly limiters?: LaneTarget['limiters'];
  /** Told of every selector that is looked up. */
  readonly onFind?: (reference: string) => void;
}

/** Finds targets as the runtime does, without settings, providers or sockets. */
export function fakeTargets(lanes: FakeLanes = {}): FindTarget {
  return ({ reference, api, modelName, group }) => {
    const written = reference ?? `${api}/${modelName}`;
    lanes.onFind?.(written);
    if (lanes.unknown?.includes(written)) {
      return { message: `${written}: no such model`, hint: 'Look it up.' };
    }
    const sentTo = lanes.aliases?.[written] ?? written;
    const name = group === null ? sentTo : `${group} · ${sentTo}`;
    return {
      reference: written,
      resolvedReference: sentTo,
      group,
      ...(isFakeComposite(lanes.models?.[sentTo]) && { isComposite: true }),
      name,
      limiters: lanes.limiters ?? [{ name: group ?? sentTo, limits: { concurrency: 8 } }],
      severalChoices: lanes.severalChoices ?? true,
      open: async () => {
        const model = lanes.models?.[sentTo];
        if (!model) throw new Error(`the test has no model ${sentTo}`);
        return model;
      },
    };
  };
}

function isFakeComposite(model: Model | undefined): boolean {
  return model !== undefined && isComposite(model);
}

/** Reads bytes or rows as an experiment. */
export function firstPassOf(
  input: string | Buffer | readonly object[],
  options: Partial<FirstPassOptions> = {},
): Promise<FirstPass> {
  const text = isBytes(input) ? input : linesOfRows(input);
  const stream = Readable.from([Buffer.from(text)]);
  return readExperiment({ input: stream, findTarget: fakeTargets(), ...options });
}

/** Prepares a run of `e.jsonl` in a folder; `input` is written there first. */
export async function prepareIn(
  folder: string,
  input: string | readonly object[],
  options: Partial<PrepareOptions> = {},
) {
  const path = join(folder, 'e.jsonl');
  writeFileSync(path, isBytes(input) ? input : linesOfRows(input));
  return prepareRun({
    input: path,
    label: 'e.jsonl',
    place: { out: folder, name: 'out', inputPath: 'e.jsonl' },
    findTarget: fakeTargets(),
    skipInvalid: false,
    fresh: false,
    clock: systemClock,
    random: Math.random,
    facts: {},
    ...options,
  });
}

/** The same, for a run that may start. */
export async function readyIn(...parts: Parameters<typeof prepareIn>): Promise<PreparedRun> {
  const prepared = await prepareIn(...parts);
  if ('finished' in prepared) throw new Error('the run is finished');
  return prepared;
}

function isBytes(input: string | Buffer | readonly object[]): input is string | Buffer {
  return typeof input === 'string' || Buffer.isBuffer(input);
}

function linesOfRows(rows: readonly object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
