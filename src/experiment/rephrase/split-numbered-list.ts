/**
 * Divides a reply at the numbers of a list (`1. `, at the beginning of a line): each part without what is in round
 * brackets, and without the quotation marks around it. An empty part before the first number is none.
 */
export function splitNumberedList(reply: string): readonly string[] {
  const parts = reply
    .split(/(?<=\n|^)\p{Nd}+\.\s*/u)
    .map((part) => withoutQuotes(withoutBrackets(part).trim()));
  return parts[0] === '' ? parts.slice(1) : parts;
}

/** Takes out what stands in round brackets on one line. */
function withoutBrackets(text: string): string {
  let rest = '';
  let from = 0;
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', from)) {
    const lineEnd = text.indexOf('\n', open);
    const end = lineEnd < 0 ? text.length : lineEnd;
    const close = text.indexOf(')', open);
    const isClosed = close >= 0 && close < end;
    rest += text.slice(from, isClosed ? open : end);
    from = isClosed ? close + 1 : end;
    // No bracket after the last closing one is closed.
    if (close < 0) break;
  }
  return rest + text.slice(from);
}

function withoutQuotes(text: string): string {
  return text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
