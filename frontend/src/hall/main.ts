/** The hall screen (`/hall#TOKEN`, or the console's preview with the session). It only shows. */
import { get } from "../lib/api.ts";
import { type Countdown, clockText, secondsLeft } from "../lib/clock.ts";
import { byId, fill, fragmentToken, h, keepFragmentInLanguageLinks } from "../lib/dom.ts";
import { coalesce, listen } from "../lib/live.ts";
import { DeckShow, type Show } from "./deck.ts";
import { type DrawScene, drawScene } from "./draw.ts";
import { pagesOf, resultsScene } from "./results.ts";
import { agendaScene, markScene, onStage, speakerScene, turnoutScene } from "./scenes.ts";
import { Slides } from "./slides.ts";
import { t } from "./texts.ts";
import type { HallView } from "./types.ts";

/** Where the screen reads from: a token of its own, or the organiser's session. */
interface Source {
  readonly view: string;
  readonly events: string;
  readonly token: string | undefined;
  slides(view: HallView): string | null;
  deck(view: HallView): string | null;
}

const TURN_PAGE_MS = 10_000;
/** The screen looks again by itself even if no event comes: a hall must not stand still. */
const LOOK_MS = 20_000;

/** Scenes of a meeting that has not begun: a draw takes their place. */
const BEFORE_SPEAKING: ReadonlySet<string> = new Set(["agenda", "blank", "draw"]);

class Hall {
  private view: HallView | null = null;
  private shown = "";
  private slides: Show | null = null;
  private localSlide: number | null = null;
  private countdown: Countdown = { secondsLeft: 0, running: false, at: 0 };
  private draw: DrawScene | null = null;
  private page = 0;
  private readonly clock = h("p", { class: "hall-timer", role: "timer" });
  private readonly top = h("header", { class: "hall-top" });
  private readonly stage = h("main", { class: "hall-stage fade" });
  private readonly foot = h("footer", { class: "hall-foot" });
  private readonly state = h("span", { class: "hall-state", role: "status" });
  private readonly refresh = coalesce(() => this.load());

  constructor(
    root: HTMLElement,
    private readonly source: Source,
  ) {
    fill(root, this.top, this.stage, this.foot);
  }

  start(): void {
    listen(this.source.events, {
      token: this.source.token,
      onChange: () => this.refresh(),
      onState: (connected) => {
        this.state.textContent = connected ? "" : t("hall-offline");
      },
    });
    setInterval(() => this.refresh(), LOOK_MS);
    setInterval(() => this.tick(), 200);
    setInterval(() => this.turnPage(), TURN_PAGE_MS);
    window.addEventListener("keydown", (event) => this.key(event));
    window.addEventListener("resize", () => this.slides?.show(this.slideNumber()));
    this.refresh();
  }

  private async load(): Promise<void> {
    try {
      const view = await get<HallView>(this.source.view, { token: this.source.token, attempts: 1 });
      this.show(view);
    } catch {
      this.state.textContent = t("hall-offline");
    }
  }

  private show(view: HallView): void {
    const before = this.view;
    this.view = view;
    const { seconds_left, running } = view.stage.countdown;
    this.countdown = { secondsLeft: seconds_left, running, at: performance.now() };
    if (before?.stage.slide !== view.stage.slide || before.stage.presenter !== view.stage.presenter) {
      this.localSlide = null;
    }
    document.title = view.title;
    document.body.dataset.scene = view.stage.scene;
    if (view.rehearsal) document.body.dataset.rehearsal = t("hall-rehearsal");
    else delete document.body.dataset.rehearsal;
    fill(this.top, h("p", {}, view.title));
    this.showFoot(view);
    const newLots = before !== null && before.draw === null && view.draw !== null;
    const { countdown: _, ...stage } = view.stage;
    const key = JSON.stringify([stage, view.agenda, view.turnout, view.results, view.draw]);
    if (key !== this.shown) {
      const scene = `${before?.stage.scene} ${before?.stage.presenter}`;
      this.shown = key;
      this.render(view, newLots, scene !== `${view.stage.scene} ${view.stage.presenter}`);
    }
    this.tick();
  }

  private showFoot(view: HallView): void {
    const heads = view.heads.map((head) =>
      h(
        "span",
        { class: "mono" },
        t("hall-head", { category: head.category, height: head.height, hash: head.hash.slice(0, 16) }),
      ),
    );
    fill(this.foot, heads.length > 0 ? h("span", {}, t("hall-heads")) : null, heads, this.state);
  }

  private render(view: HallView, newLots: boolean, changed: boolean): void {
    const { scene } = view.stage;
    if (scene !== "draw" || newLots || changed) this.draw?.stop();
    if (scene !== "speaker") this.closeSlides();
    if (scene === "results") this.page = pagesOf(view.results?.length ?? 0) - 1;
    const content = this.scene(view, newLots);
    if (content === null) return;
    if (changed) {
      // One short fade, by a class: nothing moves, and reduced motion switches it off.
      this.stage.classList.add("hall-enter");
      requestAnimationFrame(() => requestAnimationFrame(() => this.stage.classList.remove("hall-enter")));
    }
    fill(this.stage, content);
    if (this.slides && scene === "speaker") this.slides.show(this.slideNumber());
  }

  /** Null leaves what is there: slides are not taken down to turn a page. */
  private scene(view: HallView, newLots: boolean): HTMLElement | null {
    // Lots drawn while the hall watches are shown being drawn; the screen stays so until the next scene.
    if (newLots && BEFORE_SPEAKING.has(view.stage.scene)) {
      this.draw = drawScene(view, true);
      return this.draw.root;
    }
    switch (view.stage.scene) {
      case "agenda":
        return agendaScene(view);
      case "mark":
        return markScene(view);
      case "turnout":
        return turnoutScene(view);
      case "results":
        return resultsScene(view, this.page);
      case "draw":
        this.draw = drawScene(view, newLots);
        return this.draw.root;
      case "speaker":
        return this.speaker(view);
      case "blank":
        return h("div", { class: "hall-body" });
    }
  }

  private speaker(view: HallView): HTMLElement | null {
    const file = this.source.slides(view);
    const made = this.source.deck(view);
    const url = file ?? (made === null ? null : `${made}#${view.stage.deck?.hash ?? ""}`);
    if (url === null) {
      this.closeSlides();
      return speakerScene(view, this.clock);
    }
    if (this.slides?.url === url && this.slides.root.isConnected) {
      this.slides.show(this.slideNumber());
      return null;
    }
    this.closeSlides();
    const { token } = this.source;
    const failed = (): void => fill(this.stage, speakerScene(view, this.clock));
    this.slides =
      file === null && made !== null
        ? new DeckShow(url, made, token, failed)
        : new Slides(url, token ? { Authorization: `Bearer ${token}` } : {}, failed);
    const presenter = onStage(view);
    return h(
      "div",
      { class: "hall-speaker" },
      this.slides.root,
      h("div", { class: "hall-strip" }, h("h1", {}, presenter?.title ?? ""), this.clock),
    );
  }

  private closeSlides(): void {
    this.slides?.close();
    this.slides = null;
    this.localSlide = null;
  }

  private slideNumber(): number {
    return this.localSlide ?? this.view?.stage.slide ?? 1;
  }

  private tick(): void {
    const left = secondsLeft(this.countdown, performance.now());
    const text = clockText(left);
    if (this.clock.textContent !== text) this.clock.textContent = text;
    this.clock.dataset.over = left < 0 ? "yes" : "no";
  }

  private turnPage(): void {
    const view = this.view;
    if (view?.stage.scene !== "results") return;
    const pages = pagesOf(view.results?.length ?? 0);
    // While results come one by one the newest page stays.
    if (pages < 2 || (view.results?.length ?? 0) < (view.results_total ?? 0)) return;
    this.page = (this.page + 1) % pages;
    fill(this.stage, resultsScene(view, this.page));
  }

  /** A clicker in the hall's own computer turns slides until the console says otherwise. */
  private key(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1 }[event.key];
    const slides = this.slides;
    if (by === undefined || !slides) return;
    event.preventDefault();
    void slides.pages().then((pages) => {
      this.localSlide = Math.min(pages, Math.max(1, this.slideNumber() + by));
      slides.show(this.localSlide);
    });
  }
}

function sourceOf(root: HTMLElement): Source | null {
  const appraisal = root.dataset.appraisal ?? document.body.dataset.appraisal;
  if (appraisal !== undefined) {
    const base = `/api/appraisals/${encodeURIComponent(appraisal)}`;
    return {
      view: `${base}/hall`,
      events: `${base}/events`,
      token: undefined,
      slides: (view) =>
        view.stage.slides_url === null || view.stage.presenter === null
          ? null
          : `${base}/presenters/${view.stage.presenter}/slides`,
      deck: (view) => (view.stage.deck ? `${base}/presenters/${view.stage.presenter}/deck` : null),
    };
  }
  const token = fragmentToken();
  if (token === null) return null;
  return {
    view: "/api/hall",
    events: "/api/hall/events",
    token,
    slides: (view) => view.stage.slides_url,
    deck: (view) => view.stage.deck?.url ?? null,
  };
}

function start(): void {
  const root = byId("app");
  keepFragmentInLanguageLinks();
  const source = sourceOf(root);
  if (source === null) {
    fill(root, h("main", { class: "hall-body hall-centre" }, h("h1", {}, t("hall-fault-link"))));
    return;
  }
  new Hall(root, source).start();
}

start();
