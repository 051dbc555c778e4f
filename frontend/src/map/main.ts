/**
 * Drawing an area on the office's own map (`[data-draw]`): corners by pointer or by keys, the same corners as text in the
 * field beside it, which is what is sent.
 */
import { announce, fill, findAll, svg } from "../lib/dom.ts";
import { type Frame, onPicture, type Place, placeAt, readPlaces, writePlaces } from "./shape.ts";

const frameOf = (box: HTMLElement): Frame => ({
  west: Number(box.dataset.west),
  north: Number(box.dataset.north),
  narrowing: Number(box.dataset.narrowing),
  span: Number(box.dataset.span),
});

class Drawing {
  private places: Place[] = [];
  private readonly frame: Frame;
  private readonly picture: SVGSVGElement;
  private cross: { x: number; y: number };

  constructor(
    private readonly box: HTMLElement,
    private readonly field: HTMLTextAreaElement,
  ) {
    this.frame = frameOf(box);
    const picture = box.querySelector("svg.map-lines");
    if (!(picture instanceof SVGSVGElement)) throw new Error("a map without a picture");
    this.picture = picture;
    const { width, height } = picture.viewBox.baseVal;
    this.cross = { x: Math.round(width / 2), y: Math.round(height / 2) };
    box.addEventListener("pointerdown", (event) => this.press(event));
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("focus", () => this.draw());
    box.addEventListener("blur", () => this.draw());
    field.addEventListener("input", () => this.read());
    this.read();
  }

  /** What was typed is what is drawn; a text that names no corners leaves the picture empty. */
  read(): void {
    this.places = readPlaces(this.field.value) ?? [];
    this.draw();
  }

  back(): void {
    this.places = this.places.slice(0, -1);
    this.write();
  }

  clear(): void {
    this.places = [];
    this.write();
  }

  private add(x: number, y: number): void {
    this.places = [...this.places, placeAt(this.frame, x, y)];
    this.cross = { x, y };
    this.write();
  }

  private write(): void {
    this.field.value = writePlaces(this.places);
    announce(this.field.value.split("\n").pop() ?? "");
    this.draw();
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    const seen = this.picture.getBoundingClientRect();
    const { width, height } = this.picture.viewBox.baseVal;
    const x = ((event.clientX - seen.left) / seen.width) * width;
    const y = ((event.clientY - seen.top) / seen.height) * height;
    this.add(Math.round(x), Math.round(y));
  }

  private key(event: KeyboardEvent): void {
    const step = event.shiftKey ? 500 : 100;
    const move: Record<string, readonly [number, number]> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const by = move[event.key];
    if (by) {
      const { width, height } = this.picture.viewBox.baseVal;
      const within = (n: number, most: number): number => Math.min(most, Math.max(0, n));
      this.cross = { x: within(this.cross.x + by[0], width), y: within(this.cross.y + by[1], height) };
      this.draw();
    } else if (event.key === "Enter") this.add(this.cross.x, this.cross.y);
    else if (event.key === "Backspace") this.back();
    else return;
    event.preventDefault();
  }

  private draw(): void {
    const points = this.places.map((place) => onPicture(this.frame, place));
    const lines = points.map(({ x, y }, at) => `${at === 0 ? "M" : "L"}${x} ${y}`).join("");
    const shape = this.picture.querySelector("[data-drawn]");
    shape?.setAttribute("d", points.length > 2 ? `${lines}Z` : lines);
    const corners = this.picture.querySelector("[data-corners]");
    const dots = points.map(({ x, y }) => svg("circle", { cx: x, cy: y, r: 60, class: "map-corner" }));
    if (corners) fill(corners, dots);
    const { x, y } = this.cross;
    const arms = `M${x - 200} ${y}H${x + 200}M${x} ${y - 200}V${y + 200}`;
    const shown = document.activeElement === this.box;
    this.picture.querySelector("[data-cross]")?.setAttribute("d", shown ? arms : "");
  }
}

for (const box of findAll(document, "[data-draw]", HTMLElement)) {
  const field = document.getElementById(box.dataset.draw ?? "");
  if (!(field instanceof HTMLTextAreaElement)) continue;
  const drawing = new Drawing(box, field);
  const press = (selector: string, act: () => void): void => {
    for (const button of findAll(document, selector, HTMLElement)) button.addEventListener("click", act);
  };
  press("[data-draw-back]", () => drawing.back());
  press("[data-draw-clear]", () => drawing.clear());
}
