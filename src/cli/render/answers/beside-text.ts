import type { AnswerChoice, Media, ToolCall } from '../../../core/answer-details.ts';
import { plainLine, plainText } from '../../../core/plain-text.ts';
import type { Style } from '../../terminal/style.ts';
import { countText } from '../figures.ts';

/** Lines of a thought that are shown; the record has all of them. */
const SHOWN_LINES = 4;
const MAX_LINE = 200;
const SHOWN_CALLS = 50;
const SHOWN_SOURCES = 20;

/** Renders what a model thought, dimmed and folded. */
export function renderReasoning({ reasoning = '' }: AnswerChoice, style: Style): string {
  const lines = plainText(reasoning.trim())
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0) return '';
  const shown = lines.slice(0, SHOWN_LINES).map((line) => plainLine(line, MAX_LINE));
  const more = lines.length - shown.length;
  const rest = more > 0 ? [`… ${countText(more)} more lines of thought (--json has them)`] : [];
  return [...shown, ...rest].map((line) => style.dim(`│ ${line}`)).join('\n');
}

/** Renders what a choice has behind its text: tool calls as a block, media, sources. */
export function renderBeside(choice: AnswerChoice, style: Style): string {
  const { toolCalls = [], media = [], citations = [] } = choice;
  const sources = citations.flatMap(({ url, title }) => {
    const where = url ?? title;
    return where === undefined ? [] : [`[source] ${plainLine(where, MAX_LINE)}`];
  });
  return [
    ...limited(
      toolCalls.map((call) => toolCallText(call, style)),
      SHOWN_CALLS,
    ),
    ...limited(media.map(mediaText), SHOWN_CALLS),
    ...limited([...new Set(sources)], SHOWN_SOURCES).map((line) => style.dim(line)),
  ].join('\n');
}

function toolCallText({ name, type, arguments: input, result }: ToolCall, style: Style): string {
  const kind = type === undefined ? 'tool call' : `tool call, ${plainLine(type, 60)}`;
  const ran = result === undefined ? '' : ' (the server ran it)';
  return `${style.bold(`[${kind}] ${plainLine(name, 100)}`)}${ran}\n${indented(input)}`;
}

/** JSON on lines of its own, anything else as it is. */
function indented(input: string): string {
  let text = input;
  try {
    text = JSON.stringify(JSON.parse(input), null, 2);
  } catch {
    // A call that was cut is shown as far as it came.
  }
  return plainText(text)
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

function mediaText({ mimeType = 'a file', data, url, transcript }: Media): string {
  const size = data === undefined ? '' : `, ${countText(Math.ceil((data.length * 3) / 4))} bytes`;
  const where = url === undefined ? '' : `, ${plainLine(url, MAX_LINE)}`;
  const words = transcript === undefined ? '' : `\n${plainText(transcript)}`;
  return `[${plainLine(mimeType, 60)}${size}${where}; the record has it]${words}`;
}

function limited(lines: readonly string[], most: number): readonly string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `… and ${countText(more)} more`] : lines;
}
