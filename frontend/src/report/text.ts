/** The text of a section: words and figures in double braces. Pure, so that it can be tested. */

export interface Piece {
  readonly kind: "words" | "figure";
  /** The words, or the code of the figure. */
  readonly text: string;
}

const BRACES = /\{\{([^{}\n]*)\}\}/g;

/** The pieces of a text in order; put together again they are the text, up to spaces inside the braces. */
export function pieces(text: string): Piece[] {
  const all: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(BRACES)) {
    const at = match.index ?? 0;
    if (at > from) all.push({ kind: "words", text: text.slice(from, at) });
    all.push({ kind: "figure", text: (match[1] ?? "").trim() });
    from = at + match[0].length;
  }
  if (from < text.length) all.push({ kind: "words", text: text.slice(from) });
  return all;
}

/** How long a text is as the office counts (字数): characters without white space, every figure as it is shown. */
export function characters(text: string, shown: (code: string) => string | undefined): number {
  const whole = pieces(text)
    .map((piece) => (piece.kind === "words" ? piece.text : (shown(piece.text) ?? "")))
    .join("");
  return [...whole].filter((c) => !/\s/u.test(c)).length;
}

/** What somebody typed to find a figure, as a code; null when it can be none. */
export function codeIn(typed: string): string | null {
  const code = typed.trim().replace(/^\{+|\}+$/g, "");
  return /^[a-z_]+(?::[a-z0-9_]+(?:\/[a-z0-9_]+)?|:\d{4}-Q[1-4])*$/.test(code) ? code : null;
}

/** Lines and spaces as they are stored: what a browser puts in to hold the caret is none of the text. */
export const stored = (text: string): string =>
  text
    .replace(/\u200b/g, "")
    .replace(/\u00a0/g, " ")
    .replace(/\r\n?/g, "\n")
    .replace(/\s+$/, "");
