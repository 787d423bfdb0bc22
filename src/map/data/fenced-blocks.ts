/** Finds the blocks of a list or an object between two code fences, each on a line of its own. */
export function fencedBlocks(text: string): readonly string[] {
  const blocks: string[] = [];
  let fence: { readonly mark: string; readonly start: number } | undefined;
  for (let line = 0; line < text.length; ) {
    const newline = text.indexOf('\n', line);
    const next = newline < 0 ? text.length : newline + 1;
    const mark = fenceAt(text, line);
    if (fence === undefined) {
      if (mark !== undefined) fence = { mark, start: next };
    } else if (mark?.startsWith(fence.mark)) {
      const block = text.slice(fence.start, line).trim();
      if (/^[[{]/.test(block)) blocks.push(block);
      fence = undefined;
    }
    line = next;
  }
  return blocks;
}

const FENCE = /[ \t]{0,20}(`{3,}|~{3,})/y;

function fenceAt(text: string, line: number): string | undefined {
  FENCE.lastIndex = line;
  return FENCE.exec(text)?.[1];
}
