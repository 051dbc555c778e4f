/** The forms around a teller's key: make it, unlock it, keep it outside the phone. */
import { fill, h, saveFile } from "../lib/dom.ts";
import { readTellerKeyFile, type TellerKeyFile } from "../lib/keyfile.ts";
import type { Remote } from "../lib/rpc.ts";
import { bar, button, field, notice, passphraseField } from "../lib/ui.ts";
import { backupPage } from "./backup.ts";
import type { TellerService } from "./service.ts";
import { storedKey } from "./store.ts";
import { errorText, t } from "./texts.ts";
import type { TellerView } from "./types.ts";

/** Shorter ones can be guessed from a stolen key file. Counted in characters; 4 Chinese words do. */
export const SHORTEST = 8;

export interface KeyPanel {
  readonly view: TellerView;
  readonly worker: Remote<TellerService>;
  /** The seed is in memory now; `file` is set when it was (re)sealed and should be kept. */
  unlocked(seed: string, file: TellerKeyFile | null): Promise<void>;
}

const ownerOf = (view: TellerView) => ({ appraisal: String(view.appraisal.id), index: view.index });

/** Two passphrase fields; `read` shows all that is wrong with them and answers null then. */
function newPassphrase(): { nodes: HTMLElement[]; read(): string | null } {
  const first = passphraseField(
    {
      label: t("teller-passphrase"),
      hint: t("teller-passphrase-hint", { shortest: SHORTEST }),
      autocomplete: "new-password",
    },
    t("teller-passphrase-show"),
  );
  const second = field({
    label: t("teller-passphrase-again"),
    type: "password",
    autocomplete: "new-password",
  });
  return {
    nodes: [first.root, second.root],
    read() {
      const value = first.input.value;
      const long = [...value].length >= SHORTEST;
      const same = value === second.input.value;
      first.setError(long ? null : t("teller-passphrase-short", { shortest: SHORTEST }));
      second.setError(same ? null : t("teller-passphrase-differs"));
      if (!long) first.input.focus();
      else if (!same) second.input.focus();
      return long && same ? value : null;
    },
  };
}

function form(submit: () => Promise<void>, ...children: (Node | null)[]): HTMLFormElement {
  const made = h("form", { class: "form", novalidate: true }, ...children);
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    void submit();
  });
  return made;
}

/** First visit: choose a passphrase, and the key is made here. */
export function makeKeyPanel(panel: KeyPanel): HTMLElement {
  const passphrase = newPassphrase();
  const progress = bar();
  const fault = h("div", {});
  const send = h(
    "button",
    { type: "submit", class: "btn btn-primary btn-l btn-wide" },
    t("teller-make-button"),
  );
  const submit = async (): Promise<void> => {
    const chosen = passphrase.read();
    if (chosen === null || send.disabled) return;
    send.disabled = true;
    fill(fault);
    try {
      progress.set(t("teller-sealing"), 0);
      const made = await panel.worker.call(
        "newKey",
        { passphrase: chosen, ...ownerOf(panel.view) },
        (share) => progress.set(t("teller-sealing"), share),
      );
      await panel.unlocked(made.seed, made.file);
    } catch (error) {
      fill(fault, notice("bad", errorText(error)));
    } finally {
      progress.hide();
      send.disabled = false;
    }
  };
  return h(
    "section",
    { class: "sheet sheet-next" },
    h("h2", {}, t("teller-make-title")),
    h("p", {}, t("teller-make-lead", { threshold: panel.view.threshold, size: panel.view.size })),
    form(submit, ...passphrase.nodes, fault, progress.root, send),
    h("details", { class: "working" }, h("summary", {}, t("teller-have-backup")), backupForm(panel)),
  );
}

function passphraseForm(panel: KeyPanel, current: () => TellerKeyFile | null): HTMLElement {
  const passphrase = passphraseField(
    { label: t("teller-passphrase"), autocomplete: "current-password" },
    t("teller-passphrase-show"),
  );
  const progress = bar();
  const send = h(
    "button",
    { type: "submit", class: "btn btn-primary btn-l btn-wide" },
    t("teller-unlock-button"),
  );
  const submit = async (): Promise<void> => {
    const file = current();
    if (send.disabled) return;
    if (file === null) {
      passphrase.setError(t("teller-no-file"));
      return;
    }
    send.disabled = true;
    passphrase.setError(null);
    try {
      progress.set(t("teller-unlocking"), 0);
      const seed = await panel.worker.call("unlock", { file, passphrase: passphrase.input.value }, (share) =>
        progress.set(t("teller-unlocking"), share),
      );
      await panel.unlocked(seed, file);
    } catch (error) {
      passphrase.setError(errorText(error));
      passphrase.input.focus();
    } finally {
      progress.hide();
      send.disabled = false;
    }
  };
  return form(submit, passphrase.root, progress.root, send);
}

function fileForm(panel: KeyPanel, startOpen: boolean): HTMLElement {
  let chosen: TellerKeyFile | null = null;
  const said = h("p", { class: "hint", role: "status" });
  const picker = h("input", { type: "file", accept: ".json,application/json", id: "key-file" });
  picker.addEventListener("change", () => {
    const file = picker.files?.[0];
    if (!file) return;
    void file.text().then((text) => {
      const owner = ownerOf(panel.view);
      try {
        const read = readTellerKeyFile(text);
        const fits = read.appraisal === owner.appraisal && read.index === owner.index;
        chosen = fits ? read : null;
        said.textContent = fits ? t("teller-file-fits") : t("teller-file-other", { index: read.index });
      } catch {
        chosen = null;
        said.textContent = t("teller-fault-bad-key-file");
      }
    });
  });
  return h(
    "details",
    { class: "working", open: startOpen },
    h("summary", {}, t("teller-have-file")),
    h(
      "div",
      { class: "stack" },
      h("div", { class: "field" }, h("label", { for: "key-file" }, t("teller-choose-file")), picker, said),
      passphraseForm(panel, () => chosen),
    ),
  );
}

/** The 22 characters from the printed page, and a passphrase to keep them under on this phone. */
function backupForm(panel: KeyPanel): HTMLElement {
  const letters = field({ label: t("teller-backup-letters"), hint: t("teller-backup-letters-hint") });
  letters.input.classList.add("mono");
  const passphrase = newPassphrase();
  const progress = bar();
  const send = h("button", { type: "submit", class: "btn btn-wide" }, t("teller-backup-button"));
  const submit = async (): Promise<void> => {
    if (send.disabled) return;
    send.disabled = true;
    try {
      letters.setError(null);
      const seed = await panel.worker.call("readBackup", letters.input.value);
      const chosen = passphrase.read();
      if (chosen === null) return;
      progress.set(t("teller-sealing"), 0);
      const file = await panel.worker.call(
        "keep",
        { seed, passphrase: chosen, ...ownerOf(panel.view) },
        (share) => progress.set(t("teller-sealing"), share),
      );
      await panel.unlocked(seed, file);
    } catch (error) {
      letters.setError(errorText(error));
      letters.input.focus();
    } finally {
      progress.hide();
      send.disabled = false;
    }
  };
  return form(submit, letters.root, ...passphrase.nodes, progress.root, send);
}

/** Later visits: the sealed key is on this phone, in a file, or on paper. */
export function unlockPanel(panel: KeyPanel, why: string): HTMLElement {
  const { appraisal, index } = ownerOf(panel.view);
  const stored = storedKey(appraisal, index);
  return h(
    "section",
    { class: "sheet sheet-next" },
    h("h2", {}, t("teller-unlock-title")),
    h("p", {}, why),
    stored ? passphraseForm(panel, () => stored) : notice("info", t("teller-not-on-phone")),
    fileForm(panel, stored === null),
    h("details", { class: "working" }, h("summary", {}, t("teller-have-backup")), backupForm(panel)),
  );
}

/** After making: the key must exist outside the phone as well. */
export function keepPanel(
  view: TellerView,
  seed: string,
  file: TellerKeyFile,
  stored: boolean,
  /** Whether the key was taken out already: the panel may be drawn anew meanwhile. */
  outside: { taken: boolean },
  kept: () => void,
): HTMLElement {
  const done = button(t("teller-kept-button"), "btn-primary btn-l btn-wide", kept);
  done.root.disabled = !outside.taken;
  const took = (): void => {
    outside.taken = true;
    done.root.disabled = false;
  };
  const { appraisal, index } = ownerOf(view);
  const save = button(t("teller-save-file"), "btn-wide", () => {
    saveFile(`pingyi-key-${appraisal}-${index}.json`, JSON.stringify(file));
    took();
  });
  const page = backupPage(view, seed);
  const print = button(t("teller-print-backup"), "btn-wide", () => {
    took();
    window.print();
  });
  return h(
    "section",
    { class: "sheet sheet-next" },
    h("h2", {}, t("teller-keep-title")),
    h("p", {}, t("teller-keep-lead")),
    stored ? null : notice("warn", t("teller-not-stored")),
    h("div", { class: "stack-s" }, save.root, print.root),
    h(
      "details",
      { class: "working" },
      h("summary", {}, t("teller-write-down")),
      h("p", {}, t("teller-write-down-lead")),
      h("p", { class: "mono seed" }, page.letters),
    ),
    h("p", { class: "hint" }, t("teller-kept-hint")),
    done.root,
    page.root,
  );
}
