/** The receipt as a picture, for a phone whose browser cannot save files. */
import { qrPath } from "../lib/qr.ts";

const WIDTH = 720;
const MARGIN = 48;

/** Cuts a line to the width, between characters: codes and Chinese have no spaces. */
function wrap(context: CanvasRenderingContext2D, text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const char of text) {
    if (context.measureText(line + char).width > WIDTH - 2 * MARGIN) {
      lines.push(line);
      line = "";
    }
    line += char;
  }
  return [...lines, line];
}

/** Draws the lines (the first larger) and the QR symbol of `address`, black on white in every colour scheme. */
export function receiptPicture(address: string, lines: readonly string[]): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  const font = (i: number) => `${i === 0 ? "600 40px" : "26px"} system-ui, "Noto Sans CJK SC", sans-serif`;
  const laid = lines.flatMap((text, i) => {
    context.font = font(i);
    return wrap(context, text).map((line) => ({ line, i }));
  });
  const { size, path } = qrPath(address, "M");
  const side = WIDTH - 2 * MARGIN;
  const textHeight = laid.reduce((total, { i }) => total + (i === 0 ? 60 : 42), 0);
  canvas.width = WIDTH;
  canvas.height = MARGIN * 3 + textHeight + side;
  context.fillStyle = "#fff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "#000";
  context.textBaseline = "top";
  let y = MARGIN;
  for (const { line, i } of laid) {
    context.font = font(i);
    context.fillText(line, MARGIN, y);
    y += i === 0 ? 60 : 42;
  }
  context.translate(MARGIN, y + MARGIN / 2);
  context.scale(side / size, side / size);
  context.fill(new Path2D(path));
  return canvas;
}
