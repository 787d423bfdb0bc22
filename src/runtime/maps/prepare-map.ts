import { createHash } from 'node:crypto';
import { plainLine } from '../../core/plain-text.ts';
import { TuttiError } from '../../core/tutti-error.ts';
import {
  type FinishedRun,
  type LaneTarget,
  limitsInForce,
  prepareRunOf,
} from '../../experiment/index.ts';
import { type MapTable, readTable } from '../../map/index.ts';
import type { Notice } from '../environment/notice.ts';
import { meetFinished, meetRun } from '../runs/foreign-run.ts';
import { KnownRuns } from '../runs/known-runs.ts';
import { MADE_BY_MAP, WITHOUT_RECORDS } from '../runs/map-folder.ts';
import { factsOf } from '../runs/prepare.ts';
import { inputOf, labelOf } from '../runs/run-input.ts';
import { type FoundPlace, findPlace } from '../runs/run-place.ts';
import type { AskedMap, ConfiguredMap } from './asked-map.ts';
import { type FinishedMap, finishedMap } from './finished-map.ts';
import type { MapRequest } from './map-request.ts';
import { mapTargets } from './map-targets.ts';
import { type ReadyMap, readyMap } from './ready-map.ts';

/** A map whose models can be found: a new run, one that goes on, or one that is finished. */
export async function prepareMapRun(preparation: ConfiguredMap): Promise<ReadyMap | FinishedMap> {
  const { request, values, configuration, context, asked } = preparation;
  const { workingFolder, clock, random } = context;
  const { targets, lanes, all } = await mapTargets(preparation);
  const found = await placeOf(request, values.out, workingFolder);
  let read: MapTable | undefined;
  const prepared = await prepareRunOf<MapTable>(
    {
      ...{ place: found.place, clock, random },
      ...{ fresh: request.fresh ?? false, reopenFailed: request.onlyFailed },
    },
    {
      read: async (tee) => {
        read = await readTable({
          ...asked.reading,
          input: inputOf({ file: request.file }, workingFolder),
          label: labelOf({ file: request.file }),
          plan: asked.plan,
          models: lanes,
          tee,
        });
        return read;
      },
      factsOf: (pass, inputSha256) => {
        const settings = settingsOf(pass, all, asked);
        return {
          ...factsOf(values, found.place.name),
          made_by: MADE_BY_MAP,
          ...(asked.chain !== null && WITHOUT_RECORDS),
          limits: limitsInForce(all),
          input_path: found.place.inputPath,
          input_sha256: inputSha256,
          settings_sha256: createHash('sha256').update(JSON.stringify(settings)).digest('hex'),
          settings,
        };
      },
    },
  );
  const known = new KnownRuns(configuration.home);
  const meeting = { known, resume: values.resume, agreeToRun: context.agreeToRun };
  const notices = [...asked.notices, ...repeatNotices(read!)];
  if ('finished' in prepared) {
    return await finished(prepared, read!, { ...preparation, lanes: all, notices, meeting });
  }
  const met = await meetRun(prepared, meeting);
  return readyMap(met.prepared, {
    ...preparation,
    ...{ targets, lanes, all },
    notices: [...notices, ...met.notices],
  });
}

async function finished(
  prepared: FinishedRun,
  pass: MapTable,
  {
    notices,
    meeting,
    ...preparation
  }: ConfiguredMap & {
    readonly lanes: readonly LaneTarget[];
    readonly notices: readonly Notice[];
    readonly meeting: Parameters<typeof meetFinished>[1];
  },
): Promise<FinishedMap> {
  const told = await meetFinished(prepared, meeting);
  const { folder } = prepared.finished;
  return finishedMap(folder, pass, { ...preparation, notices: [...notices, ...told] });
}

function repeatNotices({ repeats }: MapTable): Notice[] {
  if (repeats === 0) return [];
  const rows = repeats === 1 ? '1 row asks' : `${repeats} rows ask`;
  const sentence = `${rows} what another one asks, at temperature 0: --share asks equal calls once`;
  return [{ kind: 'template_doubtful', sentence }];
}

async function placeOf(
  { file, name }: MapRequest,
  out: string,
  workingFolder: string,
): Promise<FoundPlace> {
  const found = await findPlace({ file, out, name, workingFolder });
  if (found.only !== undefined) {
    throw new TuttiError('bad_usage', `${plainLine(file, 500)} is a folder, not a table`, {
      hint: 'A map goes on by the same command: name its table.',
    });
  }
  return { ...found, place: { ...found.place, name: `map-${found.place.name}` } };
}

/** What changes what is sent. */
function settingsOf({ table, rows }: MapTable, lanes: readonly LaneTarget[], asked: AskedMap) {
  return {
    rows: table.rowCount,
    ...(rows !== table.rowCount && { all_rows: rows }),
    models: Object.fromEntries(
      lanes.map(({ reference, resolvedReference }) => [reference, resolvedReference]),
    ),
    options: { '-m': asked.references, ...asked.options },
  };
}
