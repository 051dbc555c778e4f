/** Which screen of the booth is due, and what each is given. What the buttons then do is `booth.ts`. */
import type { Credential } from "../lib/credential.ts";
import type { Texts } from "../lib/i18n.ts";
import type { Caster, Ready } from "./caster.ts";
import type { Form } from "./form.ts";
import type { OpinionPost } from "./opinions.ts";
import { castingScreen, openedScreen, preparingScreen, readyScreen } from "./screens/cast.ts";
import { type MarkOptions, markScreen } from "./screens/mark.ts";
import { overviewScreen } from "./screens/overview.ts";
import { type ReceiptOptions, receiptScreen } from "./screens/receipt.ts";
import { introScreen, loadingScreen, plainScreen, problemScreen } from "./screens/simple.ts";
import { type SlipAddress, slipScreen } from "./screens/slip.ts";
import type { Store } from "./store.ts";
import type { BoxState } from "./types.ts";
import type { Screen } from "./view.ts";
import type { BoxWatch } from "./watch.ts";

const isOpen = (state: BoxState): boolean => state === "open" || state === "paused";
const isBefore = (state: BoxState): boolean => ["new", "draft", "keyed", "sealed"].includes(state);
const isVoid = (state: BoxState): boolean => state === "void" || state === "voided";

/** Where the rater is, and what the screens' buttons ask for. */
export interface Desk {
  readonly t: Texts;
  readonly store: Store;
  readonly watch: BoxWatch;
  readonly caster: Caster;
  readonly opinions: OpinionPost;
  readonly address: SlipAddress;
  /** What stood in the fragment and is no credential. */
  readonly typed: string;
  readonly origin: string;
  readonly credential: Credential | null;
  readonly wrongSlip: boolean;
  readonly place: "intro" | "mark" | "overview";
  readonly at: number;
  /** Whether a second ballot is being made. */
  readonly again: boolean;
  readonly begun: boolean;
  readonly status: ReceiptOptions["status"];
  useSlip(credential: Credential): void;
  show(): void;
  begin(): void;
  goTo(at: number): void;
  toIntro(): void;
  toOverview(): void;
  fillRest(form: Form, grade: number): void;
  castAgain(): void;
  forgetReceipt(): void;
}

/** The screen that is due. */
export function screenOf(desk: Desk): Screen {
  const { t, store } = desk;
  const { box, form, trouble } = desk.watch;
  if (trouble !== null) {
    return plainScreen(t, trouble, trouble === "unreachable" ? { retry: desk.watch.refresh } : {});
  }
  if (desk.credential === null || desk.wrongSlip) return slip(desk);
  if (store.saved.pending !== null) return castingScreen(t);
  if (store.saved.receipt !== null && !desk.again) return receipt(desk, store.saved.receipt);
  if (box === null) return loadingScreen(t);
  if (isBefore(box.state)) return plainScreen(t, "wait");
  if (isVoid(box.state)) return plainScreen(t, "voided");
  if (!isOpen(box.state)) return plainScreen(t, "closed", { lost: desk.begun });
  return form === null ? loadingScreen(t) : inside(desk, form, desk.credential);
}

function inside(desk: Desk, form: Form, credential: Credential): Screen {
  const { t, store } = desk;
  const { step } = desk.caster;
  if (step.name === "preparing") return preparingScreen(t);
  if (step.name === "problem") return problemScreen(t, step.code, () => desk.toOverview());
  if (step.name === "ready") return readyOrOpened(desk, form, credential, step.ready);
  if (desk.place === "intro") {
    return introScreen(t, form.election.description, {
      presenters: form.presenters.length,
      items: form.items.length,
      begun: desk.begun,
      lasting: store.lasting,
      start: () => desk.begin(),
    });
  }
  if (desk.place === "mark") return markScreen(t, markOptions(desk, form));
  return overviewScreen(t, {
    form,
    marks: store.saved.marks,
    opinions: store.saved.opinions,
    paused: desk.watch.box?.state === "paused",
    go: (at) => desk.goTo(at),
    fillRest: (grade) => desk.fillRest(form, grade),
    cast: () => void desk.caster.prepare(form, credential),
  });
}

/** What the marking screen is given; the strip is refreshed with it when the speaker changes. */
export function markOptions(desk: Desk, form: Form): MarkOptions {
  const { store } = desk;
  return {
    form,
    // Read at each call: the strip is refreshed after a mark.
    get marks() {
      return store.saved.marks;
    },
    opinions: store.saved.opinions,
    at: desk.at,
    speaking: desk.watch.speaking,
    paused: desk.watch.box?.state === "paused",
    mark: (presenter, item, grade) => {
      const { marks } = store.saved;
      store.update({
        marks: { ...marks, [presenter]: { ...marks[presenter], [item]: grade } },
        at: presenter,
      });
    },
    write: (presenter, text) => store.update({ opinions: { ...store.saved.opinions, [presenter]: text } }),
    go: (at) => (at < 0 ? desk.toIntro() : desk.goTo(at)),
    overview: () => desk.toOverview(),
  };
}

function slip(desk: Desk): Screen {
  return slipScreen(desk.t, {
    wrong: desk.wrongSlip,
    value: desk.credential ?? desk.typed,
    askAddress: false,
    go: (credential) => {
      desk.useSlip(credential);
      desk.show();
    },
  });
}

function readyOrOpened(desk: Desk, form: Form, credential: Credential, ready: Ready): Screen {
  const { hash, publicCredential } = ready.sealed;
  if (ready.opened !== null) {
    return openedScreen(desk.t, {
      link: {
        uuid: desk.address.uuid,
        hash,
        credential: publicCredential,
        seed: ready.seed,
        choices: ready.choices,
      },
      origin: desk.origin,
      file: ready.opened,
      again: () => desk.toOverview(),
    });
  }
  return readyScreen(desk.t, {
    hash,
    cast: () => void desk.caster.sign(form, credential, ready),
    challenge: () => void desk.caster.challenge(form, ready),
    back: () => desk.toOverview(),
  });
}

function receipt(desk: Desk, receipt: ReceiptOptions["receipt"]): Screen {
  const { t } = desk;
  const { box } = desk.watch;
  return receiptScreen(t, {
    receipt,
    title: box?.title ?? "",
    category: box === null ? "" : t("booth-category", box.category),
    origin: desk.origin,
    opinions: desk.opinions.state,
    status: desk.status,
    canCastAgain: box !== null && isOpen(box.state),
    again: () => desk.castAgain(),
    forget: () => desk.forgetReceipt(),
  });
}
