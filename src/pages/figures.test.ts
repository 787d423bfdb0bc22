import { describe, expect, it } from 'vitest';
import { rangeAxis } from './axis.ts';
import { renderHistograms } from './histogram.ts';
import { renderInterval } from './interval-mark.ts';
import { renderName } from './name.ts';
import { renderTable } from './table.ts';

describe('renderHistograms', () => {
  const figure = {
    caption: 'Latency',
    whole: false,
    text: (value: number) => `${value.toFixed(1)} s`,
  };

  it('draws every value once', () => {
    const counts = Array.from({ length: 200 }, (_, index) => ({ value: 1.02 ** index, count: 2 }));
    const { markup } = renderHistograms({ ...figure, series: [{ name: 'm', counts, median: 7 }] });
    const drawn = [...markup.matchAll(/<title>[^<]*: (\d+)<\/title>/g)].map((found) => +found[1]!);
    expect(drawn.reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(markup).toContain('aria-label="m: median 7.0 s, from 1.0 s to 51.5 s"');
  });

  it('says what cannot be drawn', () => {
    const counts = [
      { value: 0, count: 3 },
      { value: 4, count: 1 },
    ];
    const { markup } = renderHistograms({ ...figure, series: [{ name: 'm', counts, median: 0 }] });
    expect(markup).toContain('3 at 0 (not drawn)');
    const none = renderHistograms({ ...figure, series: [{ name: 'm', counts: [], median: null }] });
    expect(none.markup).toContain('Nothing to draw');
  });
});

describe('renderInterval', () => {
  it('draws from end to end, and a point alone where no end is known', () => {
    const axis = rangeAxis(0, 1);
    const { markup } = renderInterval({ estimate: 0.5, low: 0.25, high: 0.75 }, axis);
    expect(markup).toContain('x1="25%" x2="75%"');
    expect(markup).toContain('cx="50%"');
    const alone = renderInterval({ estimate: 0.5, low: null, high: null }, axis);
    expect(alone.markup).toContain('x1="50%" x2="50%"');
  });
});

describe('renderTable', () => {
  it('names columns and rows, and can be scrolled by keyboard', () => {
    const columns = [
      { head: 'Model', cell: (row: { name: string }) => row.name },
      { head: 'n', meaning: 'How many', kind: 'number' as const, cell: () => 3 },
    ];
    const { markup } = renderTable({ caption: 'A & B', columns, rows: [{ name: '<m>' }] });
    expect(markup).toContain('role="region" tabindex="0" aria-label="A &amp; B"');
    expect(markup).toContain('<th scope="col" class="number" title="How many">n</th>');
    expect(markup).toContain(
      '<tr><th scope="row" class="text">&lt;m&gt;</th><td class="number">3</td></tr>',
    );
    expect(markup).not.toContain('<tfoot>');
  });
});

describe('renderName', () => {
  it('keeps every character and may break behind joints', () => {
    const name = 'http://h/v1#m<b>';
    expect(renderName(name).markup).toBe('<bdi>http://<wbr>h/<wbr>v1#<wbr>m&lt;b&gt;</bdi>');
    const many = renderName('/a'.repeat(1000)).markup.replace(/<\/?(?:bdi|wbr)>/g, '');
    expect(many).toBe('/a'.repeat(1000));
  });
});
