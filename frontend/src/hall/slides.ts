/** The speaker's PDF by pdf.js, which is loaded only when there is one. No eval, no WebAssembly: the policy forbids both. */
import type { PDFDocumentProxy, RenderTask } from "pdfjs-dist";
import { assetUrl } from "../lib/assets.ts";
import { h } from "../lib/dom.ts";
import { t } from "./texts.ts";

type PdfJs = typeof import("pdfjs-dist");

let library: Promise<PdfJs> | null = null;

function loadLibrary(): Promise<PdfJs> {
  library ??= (import(assetUrl("pdfjs/pdf.js")) as Promise<PdfJs>).then((pdfjs) => {
    pdfjs.GlobalWorkerOptions.workerSrc = assetUrl("pdfjs/pdf.worker.js");
    return pdfjs;
  });
  return library;
}

/** Shows one document; keeps the old page until the new one is drawn, so nothing flashes. */
export class Slides {
  readonly root = h("div", { class: "hall-slides" });
  private document: Promise<PDFDocumentProxy> | null = null;
  private task: RenderTask | null = null;
  private wanted = 1;
  private drawing = false;

  constructor(
    readonly url: string,
    private readonly headers: Readonly<Record<string, string>>,
    private readonly failed: () => void,
  ) {}

  private open(): Promise<PDFDocumentProxy> {
    this.document ??= loadLibrary().then(
      (pdfjs) =>
        pdfjs.getDocument({
          url: this.url,
          httpHeaders: { ...this.headers },
          isEvalSupported: false,
          useWasm: false,
          enableXfa: false,
          useSystemFonts: true,
          cMapUrl: assetUrl("pdfjs/cmaps/"),
          cMapPacked: true,
          standardFontDataUrl: assetUrl("pdfjs/standard_fonts/"),
          wasmUrl: assetUrl("pdfjs/wasm/"),
        }).promise,
    );
    return this.document;
  }

  /** Pages in the document, when it is loaded. */
  async pages(): Promise<number> {
    return (await this.open()).numPages;
  }

  /** Shows page `number` (clamped). Calls meanwhile win over the page being drawn. */
  show(number: number): void {
    this.wanted = number;
    if (this.drawing) {
      this.task?.cancel();
      return;
    }
    void this.draw();
  }

  private async draw(): Promise<void> {
    this.drawing = true;
    try {
      for (let drawn = 0; drawn !== this.wanted; ) {
        drawn = this.wanted;
        await this.drawPage(drawn);
      }
    } catch {
      this.failed();
    } finally {
      this.drawing = false;
    }
  }

  private async drawPage(number: number): Promise<void> {
    const document = await this.open();
    const page = await document.getPage(Math.min(Math.max(1, number), document.numPages));
    const natural = page.getViewport({ scale: 1 });
    const box = this.root.getBoundingClientRect();
    const density = Math.min(2, window.devicePixelRatio || 1);
    const fit = Math.min(box.width / natural.width, box.height / natural.height) || 1;
    const viewport = page.getViewport({ scale: fit * density });
    const canvas = h("canvas", {
      width: Math.round(viewport.width),
      height: Math.round(viewport.height),
      role: "img",
      "aria-label": t("hall-slide", { number }),
    });
    canvas.style.width = `${viewport.width / density}px`;
    canvas.style.height = `${viewport.height / density}px`;
    this.task = page.render({ canvas, viewport });
    try {
      await this.task.promise;
      this.root.replaceChildren(canvas);
    } catch (error) {
      // A cancelled page is followed by the one that replaced it.
      if (!(error instanceof Error && error.name === "RenderingCancelledException")) throw error;
    } finally {
      this.task = null;
    }
  }

  close(): void {
    void this.document?.then((document) => document.destroy()).catch(() => undefined);
  }
}
