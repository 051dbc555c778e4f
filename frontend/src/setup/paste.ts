/** A block copied from Excel or Word: lines of cells between tabs. */

/** Null when it is one cell only, which the field takes itself. */
export function pastedRows(text: string): string[][] | null {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n");
  const rows = lines.map((line) => line.split("\t").map((cell) => cell.trim()));
  const single = rows.length === 1 && (rows[0]?.length ?? 0) <= 1;
  if (single) return null;
  return rows.filter((row) => row.some((cell) => cell !== ""));
}
