/** The booth: which screen is right now, and what each button does. */
import { type Credential, parseCredential } from "../lib/credential.ts";
import { announce } from "../lib/dom.ts";
import type { Texts } from "../lib/i18n.ts";
import { Caster, type Ended, type Ready } from "./caster.ts";
import { type Form, missing, presenterDone } from "./form.ts";
import { OpinionPost } from "./opinions.ts";
import {
  castingScreen,
  openedScreen,
  preparingScreen,
  readyScreen,
  setCastingState,
} from "./screens/cast.ts";
import { type MarkOptions, markScreen, refreshSpeaker } from "./screens/mark.ts";
import { overviewScreen } from "./screens/overview.ts";
import { opinionLine, type ReceiptOptions, receiptScreen, trackerHex } from "./screens/receipt.ts";
import { introScreen, loadingScreen, plainScreen, problemScreen } from "./screens/simple.ts";
import { type SlipAddress, slipScreen } from "./screens/slip.ts";
import type { Sealer } from "./sealer.ts";
import { Server } from "./server.ts";
import { Store } from "./store.ts";
import { switchLanguage } from "./texts.ts";
import type { BoxState } from "./types.ts";
import { draw, type Screen } from "./view.ts";
import { BoxWatch, type Changed } from "./watch.ts";

/** The page follows the speaker only when nobody has touched it for this long. */
const IDLE_MS = 5000;

const isOpen = (state: BoxState): boolean => state === "open" || state === "paused";
const isBefore = (state: BoxState): boolean => ["new", "draft", "keyed", "sealed"].includes(state);
const isVoid = (state: BoxState): boolean => state === "void" || state === "voided";

export class Booth {
  private readonly server: Server;
  private readonly store = new Store();
  private readonly watch: BoxWatch;
  private readonly caster: Caster;
  private readonly opinions: OpinionPost;
  private credential: Credential | null = null;
  private wrongSlip = false;
  private place: "intro" | "mark" | "overview" = "intro";
  private at = 0;
  private again = false;
  private status: ReceiptOptions["status"] = null;
  private touched = 0;
  private shown = "";

  constructor(
    private readonly app: HTMLElement,
    private t: Texts,
    sealer: Sealer,
    private readonly address: SlipAddress,
    /** What stood in the fragment and is no credential. */
    private readonly typed: string,
  ) {
    const { uuid } = address;
    this.server = new Server(address.base);
    this.watch = new BoxWatch(this.server, this.store, uuid, (what) => this.changed(what));
    this.opinions = new OpinionPost(this.server, this.store, () => this.refreshOpinionLine());
    this.caster = new Caster(sealer, this.server, this.store, uuid, {
      changed: () => this.show(),
      progress: (share) => this.refreshProgress(share),
      sending: (state) => setCastingState(this.t, state),
      ended: (how) => this.ended(how),
    });
    for (const kind of ["pointerdown", "keydown"]) {
      app.addEventListener(kind, () => {
        this.touched = Date.now();
      });
    }
  }

  start(): void {
    if (this.address.credential !== null) this.useSlip(this.address.credential);
    this.show(false);
    this.watch.start();
  }

  private useSlip(credential: Credential): void {
    const { uuid } = this.address;
    if (this.wrongSlip) this.store.move(uuid, credential);
    else this.store.open(uuid, credential);
    this.credential = credential;
    this.wrongSlip = false;
    this.place = this.begun ? "mark" : "intro";
    // A reload finds the slip again; the fragment never travels.
    if (this.address.base === "") history.replaceState(null, "", `#${credential}`);
    this.restorePlace();
    this.opinions.schedule();
    void this.askStatus();
  }

  private get begun(): boolean {
    return Object.keys(this.store.saved.marks).length > 0;
  }

  private restorePlace(): void {
    const { at } = this.store.saved;
    this.at = Math.max(0, this.watch.form?.presenters.findIndex(({ code }) => code === at) ?? 0);
  }

  // ------------------------------------------------------------------ what happens elsewhere

  private changed(what: Changed): void {
    if (what.offline) {
      const line = document.getElementById("offline");
      if (line !== null) line.hidden = !this.watch.offline;
      if (this.watch.box !== null) announce(this.t(this.watch.offline ? "booth-offline" : "booth-online"));
    }
    if (this.watch.box?.state === "open") this.caster.resume();
    // The order of presenters may have been drawn: the place is kept by code.
    this.restorePlace();
    if (what.state) this.show();
    else if (what.stage && this.shown === "mark") this.follow();
  }

  /** Where the speaker now stands. The page moves by itself only when nothing would be torn from under a thumb. */
  private follow(): void {
    const { form, speaking } = this.watch;
    if (form === null) return;
    const to = form.presenters.findIndex(({ code }) => code === speaking);
    const here = form.presenters[this.at];
    const { marks } = this.store.saved;
    const idle = Date.now() - this.touched > IDLE_MS && document.activeElement?.tagName !== "TEXTAREA";
    const settled =
      here !== undefined && (presenterDone(form, marks, here.code) || marks[here.code] === undefined);
    if (to >= 0 && to !== this.at && idle && settled) {
      this.goTo(to);
      announce(this.t("booth-followed", { name: form.presenters[to]?.title ?? "" }));
    } else refreshSpeaker(this.t, this.markOptions(form));
  }

  private ended(how: Ended): void {
    if (how.kind === "cast") {
      this.again = false;
      this.status = null;
      this.at = 0;
      this.place = "intro";
      this.opinions.schedule();
    } else {
      this.place = "overview";
      this.wrongSlip = how.kind === "wrong_slip";
      this.watch.refresh();
    }
    this.show();
  }

  private async askStatus(): Promise<void> {
    const { receipt } = this.store.saved;
    if (receipt === null) return;
    try {
      this.status = (await this.server.receipt(this.address.uuid, trackerHex(receipt.tracker))).status;
    } catch {
      // No answer is no finding: the receipt is shown as it was given.
      this.status = null;
    }
    if (this.shown === "receipt" && this.status !== null && this.status !== "counted") this.show(false);
  }

  // ------------------------------------------------------------------ screens

  /** Draws what is due. Focus moves to the heading of a screen that was not there before. */
  private show(focus = true): void {
    const screen = this.screen();
    const key = screen.name === "mark" ? `mark ${this.at}` : screen.name;
    const fresh = key !== this.app.dataset.key;
    this.app.dataset.key = key;
    this.shown = screen.name;
    const { box, offline } = this.watch;
    draw(
      this.app,
      this.t,
      {
        title: box?.title ?? this.t("booth-title"),
        category: box === null ? null : this.t("booth-category", box.category),
        rehearsal: box?.rehearsal === true,
        offline,
        onLanguage: () => {
          this.t = switchLanguage(this.t.language);
          this.show(false);
        },
      },
      screen,
      focus && fresh,
    );
    if (screen.name === "casting") void this.caster.post();
  }

  private screen(): Screen {
    const { t, store } = this;
    const { box, form, trouble } = this.watch;
    if (trouble !== null) {
      return plainScreen(t, trouble, trouble === "unreachable" ? { retry: this.watch.refresh } : {});
    }
    if (this.credential === null || this.wrongSlip) return this.slip();
    if (store.saved.pending !== null) return castingScreen(t);
    if (store.saved.receipt !== null && !this.again) return this.receipt(store.saved.receipt);
    if (box === null) return loadingScreen(t);
    if (isBefore(box.state)) return plainScreen(t, "wait");
    if (isVoid(box.state)) return plainScreen(t, "voided");
    if (!isOpen(box.state)) return plainScreen(t, "closed", { lost: this.begun });
    return form === null ? loadingScreen(t) : this.inside(form, this.credential);
  }

  private inside(form: Form, credential: Credential): Screen {
    const { t, store } = this;
    const { step } = this.caster;
    if (step.name === "preparing") return preparingScreen(t);
    if (step.name === "problem") return problemScreen(t, step.code, () => this.toOverview());
    if (step.name === "ready") return this.readyOrOpened(form, credential, step.ready);
    if (this.place === "intro") {
      return introScreen(t, form.election.description, {
        presenters: form.presenters.length,
        items: form.items.length,
        begun: this.begun,
        lasting: store.lasting,
        start: () => this.begin(),
      });
    }
    if (this.place === "mark") return markScreen(t, this.markOptions(form));
    return overviewScreen(t, {
      form,
      marks: store.saved.marks,
      opinions: store.saved.opinions,
      paused: this.watch.box?.state === "paused",
      go: (at) => this.goTo(at),
      fillRest: (grade) => this.fillRest(form, grade),
      cast: () => void this.caster.prepare(form, credential),
    });
  }

  private markOptions(form: Form): MarkOptions {
    const { store } = this;
    return {
      form,
      // Read at each call: the strip is refreshed after a mark.
      get marks() {
        return store.saved.marks;
      },
      opinions: store.saved.opinions,
      at: this.at,
      speaking: this.watch.speaking,
      paused: this.watch.box?.state === "paused",
      mark: (presenter, item, grade) => {
        const { marks } = store.saved;
        store.update({
          marks: { ...marks, [presenter]: { ...marks[presenter], [item]: grade } },
          at: presenter,
        });
      },
      write: (presenter, text) => store.update({ opinions: { ...store.saved.opinions, [presenter]: text } }),
      go: (at) => (at < 0 ? this.toIntro() : this.goTo(at)),
      overview: () => this.toOverview(),
    };
  }

  private slip(): Screen {
    return slipScreen(this.t, {
      wrong: this.wrongSlip,
      value: this.credential ?? this.typed,
      askAddress: false,
      go: (credential) => {
        this.useSlip(credential);
        this.show();
      },
    });
  }

  private readyOrOpened(form: Form, credential: Credential, ready: Ready): Screen {
    const { hash, publicCredential } = ready.sealed;
    if (ready.opened !== null) {
      return openedScreen(this.t, {
        link: {
          uuid: this.address.uuid,
          hash,
          credential: publicCredential,
          seed: ready.seed,
          choices: ready.choices,
        },
        origin: this.origin,
        file: ready.opened,
        again: () => this.toOverview(),
      });
    }
    return readyScreen(this.t, {
      hash,
      cast: () => void this.caster.sign(form, credential, ready),
      challenge: () => void this.caster.challenge(form, ready),
      back: () => this.toOverview(),
    });
  }

  private receipt(receipt: ReceiptOptions["receipt"]): Screen {
    const { t } = this;
    const { box } = this.watch;
    return receiptScreen(t, {
      receipt,
      title: box?.title ?? "",
      category: box === null ? "" : t("booth-category", box.category),
      origin: this.origin,
      opinions: this.opinions.state,
      status: this.status,
      canCastAgain: box !== null && isOpen(box.state),
      again: () => {
        this.again = true;
        this.opinions.reset();
        this.begin();
      },
      forget: () => {
        this.store.update({ receipt: null });
        this.place = "intro";
        this.show();
        announce(t("booth-receipt-forgotten"));
      },
    });
  }

  private get origin(): string {
    return this.address.base === "" ? location.origin : this.address.base;
  }

  private refreshOpinionLine(): void {
    const line = opinionLine(this.t, this.opinions.state);
    const old = document.getElementById("opinion-state");
    if (this.shown !== "receipt" || !(line instanceof HTMLElement) || old === null) return;
    // The region stays, so that a screen reader speaks the new words.
    old.textContent = line.textContent;
    old.setAttribute("data-tone", line.getAttribute("data-tone") ?? "info");
  }

  private refreshProgress(share: number): void {
    const meter = document.getElementById("share");
    if (meter instanceof HTMLProgressElement) meter.value = share;
    const label = document.getElementById("share-text");
    if (label !== null)
      label.textContent = this.t("booth-preparing-share", { percent: Math.round(share * 100) });
  }

  // ------------------------------------------------------------------ marking

  private begin(): void {
    this.place = "mark";
    const { form, speaking } = this.watch;
    const at = form?.presenters.findIndex(({ code }) => code === speaking) ?? -1;
    if (!this.begun && at >= 0) this.at = at;
    this.keepPlace();
    this.show();
  }

  private keepPlace(): void {
    this.store.update({ at: this.watch.form?.presenters[this.at]?.code ?? null });
  }

  private toIntro(): void {
    this.place = "intro";
    this.show();
  }

  private goTo(at: number): void {
    this.at = at;
    this.place = "mark";
    this.keepPlace();
    this.show();
  }

  private toOverview(): void {
    this.caster.reset();
    this.place = "overview";
    this.show();
  }

  private fillRest(form: Form, grade: number): void {
    const marks = { ...this.store.saved.marks };
    for (const { code } of missing(form, marks)) {
      const own = { ...marks[code] };
      for (const item of form.items) own[item.code] ??= grade;
      marks[code] = own;
    }
    this.store.update({ marks });
    this.show();
  }
}

/** The credential in the page's fragment, or what stood there instead. */
export function fragmentCredential(): { credential: Credential | null; typed: string } {
  const typed = location.hash.slice(1);
  try {
    return { credential: parseCredential(typed), typed: "" };
  } catch {
    return { credential: null, typed: typed.slice(0, 40) };
  }
}
