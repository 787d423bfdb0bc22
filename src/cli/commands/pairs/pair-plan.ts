import { plainLine } from '../../../core/plain-text.ts';
import type { PairPlan } from '../../../ranking/index.ts';
import { renderCsv } from '../../render/csv-text.ts';
import { countText } from '../../render/figures.ts';
import { renderTable } from '../../render/text-table.ts';
import type { Style } from '../../terminal/style.ts';

const EVENLY = {
  'few-comparisons':
    'spread evenly: with fewer than 30 comparisons an item the strengths are too uncertain to choose by',
  'items-alike': 'spread evenly: the items are so alike that no pair tells much more than another',
} as const;

const SHOWN_ITEMS = 3;
const SHOWN_GROUPS = 5;

/** Renders the pairs as a table for people. */
export function renderPairTable(plan: PairPlan, width: number, style: Style): string {
  const withPrompt = plan.pairs.some(({ prompt }) => prompt !== null);
  const rows = plan.pairs.map(({ prompt, left, right }) => [
    plainLine(left, 40),
    plainLine(right, 40),
    ...(withPrompt ? [plainLine(prompt ?? '', 200)] : []),
  ]);
  const columns = [
    { title: 'left', align: 'left' as const },
    { title: 'right', align: 'left' as const },
    ...(withPrompt ? [{ title: 'prompt', align: 'left' as const, shrinks: true }] : []),
  ];
  const [title = '', ...lines] = renderTable(columns, rows, width);
  return `${[style.bold(title), ...lines].join('\n')}\n`;
}

/** Renders the pairs as JSON lines, the keys as LLMFAO has them. */
export function renderPairJson({ pairs }: PairPlan): string {
  return pairs
    .map(({ prompt, left, right }) => {
      return `${JSON.stringify({ prompt, model_x: left, model_y: right })}\n`;
    })
    .join('');
}

/** Renders the pairs as CSV. */
export function renderPairCsv({ pairs }: PairPlan): string {
  return renderCsv([
    ['prompt', 'left', 'right'],
    ...pairs.map(({ prompt, left, right }) => [prompt, left, right]),
  ]);
}

/** Renders how a plan treats the items: how often each is shown, on which side, what hangs together. */
export function renderPairPlan(plan: PairPlan, width: number): string {
  const { pairs, strategy, exposure, components, unconnectedPrompts, repeatedAnswers, seed } = plan;
  const { evenly } = plan;
  const sorted = [...exposure].sort((a, b) => a.pairs - b.pairs);
  const most = sorted.slice(-SHOWN_ITEMS).reverse();
  const shown = (list: typeof sorted) =>
    list.map((one) => `${plainLine(one.item, 40)} ${countText(one.pairs)}`).join(', ');
  const tilt = exposure.reduce((sum, one) => Math.max(sum, Math.abs(2 * one.left - one.pairs)), 0);
  const lines = [
    `${countText(pairs.length)} pairs of ${countText(exposure.length)} items (${strategy}, seed ${seed})`,
    ...(evenly === null ? [] : [EVENLY[evenly]]),
    `shown least: ${shown(sorted.slice(0, SHOWN_ITEMS))}; most: ${shown(most)}; sides differ by ${countText(tilt)} at most`,
    ...(components.length <= 1
      ? ['all items hang together']
      : [
          `NOT CONNECTED: ${countText(components.length)} groups that cannot be compared with each other:`,
          ...components
            .slice(0, SHOWN_GROUPS)
            .map(
              (items) =>
                `  ${items.slice(0, SHOWN_GROUPS).join(', ')}${items.length > SHOWN_GROUPS ? ` and ${items.length - SHOWN_GROUPS} more` : ''}`,
            ),
        ]),
    ...(unconnectedPrompts.length === 0 || strategy !== 'distant'
      ? []
      : [`${countText(unconnectedPrompts.length)} prompts are not connected by themselves`]),
    ...(repeatedAnswers === 0
      ? []
      : [`${countText(repeatedAnswers)} repeated answers of an item to one prompt are left out`]),
  ];
  return lines
    .map((line) => `${line.startsWith('  ') ? '  ' : ''}${plainLine(line, Math.max(width, 400))}\n`)
    .join('');
}
