/** A style sheet or a script of this program: text without a hole, so that nothing from outside can be in it. */
export class FixedText {
  readonly kind: 'style' | 'script';
  readonly text: string;

  constructor(kind: 'style' | 'script', text: string) {
    // Either would end the element early, or begin what a browser reads in another way.
    if (/<\/|<!--|<script/i.test(text)) throw new TypeError(`a ${kind} holds markup`);
    this.kind = kind;
    this.text = text;
  }
}

/** Makes a style sheet; a hole is refused. */
export function css(strings: TemplateStringsArray, ...holes: readonly never[]): FixedText {
  return new FixedText('style', onlyPiece(strings, holes));
}

/** Makes a script of a page; a hole is refused. Backslashes are the script's own. */
export function javascript(strings: TemplateStringsArray, ...holes: readonly never[]): FixedText {
  return new FixedText('script', onlyPiece(strings, holes));
}

function onlyPiece({ raw }: TemplateStringsArray, holes: readonly never[]): string {
  if (holes.length > 0) throw new TypeError('a style sheet or a script has no holes');
  return raw[0]!;
}
