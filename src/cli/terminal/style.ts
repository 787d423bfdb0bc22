/** How a piece of text is shown. Without colour every style gives the text back. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** Makes the styles of a screen. Only the 16 basic colours are used, so that they follow the user's own. */
export function createStyle(colour: boolean): Style {
  const painter = (on: number, off: number) => (text: string) =>
    colour && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    bold: painter(1, 22),
    dim: painter(2, 22),
    red: painter(31, 39),
    green: painter(32, 39),
    yellow: painter(33, 39),
  };
}

/** The style that changes nothing. */
export const PLAIN_STYLE: Style = createStyle(false);
