import { createHash } from 'node:crypto';
import type { Model } from '../../core/model.ts';
import type { FindTarget, LaneTarget, PartCalls } from '../../experiment/index.ts';
import { preferModel } from '../../panel/index.ts';
import type { ResolvedPanel } from './choose-panel.ts';
import { openPanelModels, type PanelModels } from './open-prefer.ts';
import type { ResolvedModel } from './resolved-model.ts';

/** What a panel is called in the rows of its study. */
export const PANEL = 'prefer';

/** How a panel ranks. */
export interface PanelRules {
  readonly criteria: string | undefined;
  readonly seed: number;
  readonly mask: boolean;
}

/** A panel as the model of rows. */
export interface PanelTarget {
  /** Finds the panel by its name, and its models by theirs. */
  readonly findTarget: FindTarget;
  /** The panel for one row of its study, by the row's number: orders are balanced over all rows. Opened before. */
  readonly modelOfRow: (row: number) => Model;
}

/** Makes a panel the model of rows: it has no lane, its models travel in their own. */
export function panelTarget(
  panel: ResolvedPanel,
  rules: PanelRules,
  findTarget: FindTarget,
): PanelTarget {
  const find = ({ reference }: ResolvedModel, group: string | null): LaneTarget => {
    const target = findTarget({ reference, api: null, modelName: null, group });
    if ('message' in target) throw new Error(target.message);
    return target;
  };
  let opened: PanelModels | undefined;
  const modelOf = (ordinal: number | undefined): Model =>
    preferModel({ ...opened!, ...rules, reference: PANEL, ordinal });
  const targetOf = (group: string | null): LaneTarget => {
    const models = panel.models.map((model) => find(model, group));
    const judges = panel.judges.map((judge) => find(judge, group));
    const limiters = [...models, ...judges].flatMap((target) =>
      target.limiters.map((limiter) => [limiter.name, limiter] as const),
    );
    return {
      reference: PANEL,
      resolvedReference: `${PANEL} ${hashOf(panel, rules)}`,
      group,
      name: group === null ? PANEL : `${group} · ${PANEL}`,
      limiters: [...new Map(limiters).values()],
      severalChoices: false,
      isComposite: true,
      parts: [
        ...models.flatMap((target) => callsOf(target, { least: 1, most: 1, answersRead: 0 })),
        ...judges.flatMap((target) =>
          callsOf(target, { least: 1, most: 2, answersRead: models.length }),
        ),
      ],
      refuses: (row) => {
        for (const target of models) {
          const refusal = target.refuses?.(row);
          if (refusal) return { ...refusal, message: `${target.reference}: ${refusal.message}` };
        }
        return null;
      },
      open: async () => {
        opened ??= await openPanelModels(panel, (model) => find(model, group).open());
        return modelOf(undefined);
      },
    };
  };
  return {
    findTarget: (selector) =>
      selector.reference === PANEL ? targetOf(selector.group) : findTarget(selector),
    modelOfRow: modelOf,
  };
}

type Calls = Pick<PartCalls, 'least' | 'most' | 'answersRead'>;

/** The calls of a model that is asked so often, or of its parts. */
function callsOf(target: LaneTarget, { least, most, answersRead }: Calls): readonly PartCalls[] {
  if (target.parts === undefined) return [{ ...target, least, most, answersRead }];
  return target.parts.map((part) => ({
    ...part,
    least: part.least * least,
    most: part.most * most,
    answersRead: part.answersRead + answersRead,
  }));
}

/** Of all that changes what is asked, 12 hexadecimal digits. */
function hashOf({ models, judges }: ResolvedPanel, rules: PanelRules): string {
  const names = (all: readonly ResolvedModel[]) =>
    all.map(({ reference, laneName }) => [reference, laneName]);
  const text = JSON.stringify([names(models), names(judges), rules]);
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
