/** Slips on sheets: 2 × 5 on an A4 page, printed in parts that a browser can hold. */

export const PER_SHEET = 10;
/** Sheets printed in one go; a browser's print preview chokes on thousands. */
export const SHEETS_PER_PART = 50;

export interface Sheet<T> {
  /** 1-based number of the sheet among all of its kind. */
  readonly number: number;
  readonly of: number;
  readonly slips: readonly T[];
}

/** Cuts a list into sheets of ten, in order. */
export function sheetsOf<T>(slips: readonly T[]): Sheet<T>[] {
  const of = Math.ceil(slips.length / PER_SHEET);
  return Array.from({ length: of }, (_, i) => ({
    number: i + 1,
    of,
    slips: slips.slice(i * PER_SHEET, (i + 1) * PER_SHEET),
  }));
}

/** First and last sheet (1-based) of each part. */
export function partsOf(sheets: number): { readonly from: number; readonly to: number }[] {
  const parts: { from: number; to: number }[] = [];
  for (let from = 1; from <= sheets; from += SHEETS_PER_PART) {
    parts.push({ from, to: Math.min(sheets, from + SHEETS_PER_PART - 1) });
  }
  return parts;
}

/** What the QR symbol of a slip holds. The credential is in the fragment: it never travels. */
export const slipAddress = (baseUrl: string, uuid: string, credential: string): string =>
  `${baseUrl.replace(/\/+$/, "")}/b/${uuid}#${credential}`;
