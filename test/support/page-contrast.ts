import type { Page } from 'playwright-core';

/** The text of a page that is hardest to read. */
export interface LeastContrast {
  /** As WCAG 2 counts it: 1 to 21. */
  readonly ratio: number;
  readonly text: string;
}

/** Measures every text of a page against the ground that it stands on. */
export async function leastContrast(page: Page): Promise<LeastContrast> {
  return (await page.evaluate(MEASURE)) as LeastContrast;
}

/** Runs in the page, as an expression. */
const MEASURE = `(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((value) => value / 255).map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const groundOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255, 255];
  };
  let least = { ratio: 21, text: '' };
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const known = new Map();
  while (nodes.nextNode()) {
    const element = nodes.currentNode.parentElement;
    if (nodes.currentNode.data.trim() === '' || ['SCRIPT', 'STYLE', 'TITLE', 'title'].includes(element.tagName)) continue;
    const style = getComputedStyle(element);
    const colour = element instanceof SVGElement ? style.fill : style.color;
    const key = colour + groundOf(element).join();
    if (known.has(key)) continue;
    known.set(key, true);
    const [a, b] = [luminance(rgba(colour)), luminance(groundOf(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < least.ratio) least = { ratio, text: nodes.currentNode.data.slice(0, 60) + ' ' + colour };
  }
  return least;
})()`;
