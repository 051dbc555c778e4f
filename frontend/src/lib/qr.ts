import { encode } from "uqr";
import { svg } from "./dom.ts";

/** How much of a symbol may be lost and it still reads: about 7, 15, 25 or 30 per cent. */
export type Correction = "L" | "M" | "Q" | "H";

/** The dark modules of a QR symbol as one SVG path, in units of one module, with a quiet zone. */
export interface QrPath {
  /** Width and height in modules, quiet zone included. */
  readonly size: number;
  readonly path: string;
}

/** Encodes `text`; `quiet` is the light margin in modules (the standard asks for 4). */
export function qrPath(text: string, correction: Correction = "M", quiet = 4): QrPath {
  const { size, data } = encode(text, { ecc: correction, border: quiet });
  const runs: string[] = [];
  data.forEach((row, y) => {
    let x = 0;
    while (x < size) {
      if (!row[x]) {
        x += 1;
        continue;
      }
      const start = x;
      while (x < size && row[x]) x += 1;
      runs.push(`M${start} ${y}h${x - start}v1h-${x - start}z`);
    }
  });
  return { size, path: runs.join("") };
}

/** A QR symbol, dark on light in every colour scheme (readers want that), with a spoken label. */
export function qrSvg(text: string, label: string, correction: Correction = "M", quiet = 4): SVGSVGElement {
  const { size, path } = qrPath(text, correction, quiet);
  return svg(
    "svg",
    {
      viewBox: `0 0 ${size} ${size}`,
      class: "qr",
      role: "img",
      "aria-label": label,
      "shape-rendering": "crispEdges",
    },
    svg("rect", { width: size, height: size, fill: "#fff" }),
    svg("path", { d: path, fill: "#000" }),
  );
}
