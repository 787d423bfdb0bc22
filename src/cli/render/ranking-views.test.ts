import { describe, expect, it } from 'vitest';
import { type Leaderboard, rankTable } from '../../arena/index.ts';
import { ComparisonTableBuilder } from '../../ranking/table/comparison-table-builder.ts';
import { heatMapPlaces } from '../commands/rank/heat-map.ts';
import { renderHeatMapSvg } from '../commands/rank/heat-map-svg.ts';
import { ASCII_BAR, barScale, renderBar, UNICODE_BAR } from '../commands/rank/interval-bar.ts';
import { renderLeaderboard } from '../commands/rank/leaderboard.ts';
import { displayWidth } from '../terminal/display-width.ts';
import { PLAIN_STYLE } from '../terminal/style.ts';
import { renderCsv } from './csv-text.ts';
import { countOf } from './figures.ts';
import { coefficientText, ratingText, scoreText, testText, withSign } from './statistics-text.ts';

const NAMES = [
  '\x1b[31mred',
  'plain',
  '<b>&"',
  'a model whose name is much longer than any column',
];

/** A small league in which everybody wins and loses. */
async function league(matrix = false): Promise<Leaderboard> {
  const builder = new ComparisonTableBuilder();
  for (const [at, one] of NAMES.entries()) {
    for (const other of NAMES.slice(at + 1)) {
      const [left, right] = [builder.item(one), builder.item(other)];
      for (let game = 0; game < 9; game++) builder.add(left, right, game % 3 === 0 ? 1 : 0);
    }
  }
  const options = { findings: { matrix }, methods: ['bradley-terry'] as const, options: {} };
  return (await rankTable(builder.finish(), options)).leaderboards[0]!;
}

describe('interval bars', () => {
  it('draw interval and value to scale, in plain characters too', () => {
    const scale = barScale([
      { value: 5, low: 0, high: 8 },
      { value: 9, low: null, high: 10 },
    ]);
    expect(scale).toEqual({ from: 0, to: 10 });
    expect(renderBar({ value: 5, low: 2, high: 8 }, scale, 11, UNICODE_BAR)).toBe('  ├──●──┤  ');
    expect(renderBar({ value: 5, low: 2, high: 8 }, scale, 11, ASCII_BAR)).toBe('  |--o--|  ');
    expect(renderBar({ value: 0, low: null, high: null }, scale, 3, ASCII_BAR)).toBe('o  ');
  });

  it('stand in the middle when all values are the same', () => {
    const value = { value: 1, low: 1, high: 1 };
    expect(renderBar(value, barScale([value]), 5, ASCII_BAR)).toBe('  o  ');
    expect(barScale([])).toEqual({ from: 0, to: 0 });
  });
});

describe('a leaderboard', () => {
  it.each([40, 60, 80, 120, 200])(
    'fits %i columns and shows no control character',
    async (width) => {
      const text = renderLeaderboard(await league(), { width, unicode: true, style: PLAIN_STYLE });
      for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(text).not.toContain('\x1b');
      expect(text).toContain('1-4');
    },
  );

  it('shows bars where there is room, and only the first items when told', async () => {
    const view = { width: 100, unicode: false, style: PLAIN_STYLE, first: 2 };
    const text = renderLeaderboard(await league(), view);
    expect(text).toMatch(/\|-+o-+\|/);
    expect(text).toContain('… and 2 more');
    expect(text).toContain('\\x1b[31mred');
  });
});

describe('the heat map', () => {
  it('takes the first and the last seven', () => {
    expect(heatMapPlaces(3)).toEqual([0, 1, 2]);
    expect(heatMapPlaces(20)).toEqual([0, 1, 2, 3, 4, 5, 6, 13, 14, 15, 16, 17, 18, 19]);
  });

  it('is an SVG in which names are texts, whatever is in them', async () => {
    const svg = renderHeatMapSvg(await league(true));
    expect(svg).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(svg).toContain('&lt;b&gt;&amp;&quot;');
    expect(svg).not.toMatch(/<b>|\x1b|NaN/);
  });
});

describe('CSV', () => {
  it('runs no formula in a spreadsheet, and leaves numbers alone', () => {
    const row = ['=1+1', '+x', '-x', '@x', '-3.5e-2', '+7', 'a,b', 'say "x"', -1, Number.NaN, null];
    expect(renderCsv([row])).toBe(`'=1+1,'+x,'-x,'@x,-3.5e-2,+7,"a,b","say ""x""",-1,,\n`);
    expect(renderCsv([['\t=1', '\x1b[31m']])).toBe("'\t=1,\\x1b[31m\n");
  });
});

describe('numbers', () => {
  it('are short, and a dash where there is none', () => {
    expect([ratingText(999.6), ratingText(-0.2), ratingText(null), ratingText(Number.NaN)]).toEqual(
      ['1000', '0', '-', '-'],
    );
    expect([0.0412178, 12, 3.5, 1.23456e-9, null].map(scoreText)).toEqual([
      '0.041218',
      '12',
      '3.5',
      '1.2346e-9',
      '-',
    ]);
    expect([testText(0.0004), testText(0.032), testText(null)]).toEqual(['<0.001', '0.032', '-']);
    expect(coefficientText(-0.0001)).toBe('0.000');
    expect(['0.000', '0.001', '-0.001', '-'].map(withSign)).toEqual([
      '0.000',
      '+0.001',
      '-0.001',
      '-',
    ]);
    expect([countOf(1, 'row'), countOf(2000, 'row')]).toEqual(['1 row', '2,000 rows']);
  });
});
