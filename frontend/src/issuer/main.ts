/** The issuer's page (`/issue#TOKEN`): slips are made and printed here; the server learns public credentials only. */
import { get, post } from "../lib/api.ts";
import { assetUrl } from "../lib/assets.ts";
import { byId, fill, fragmentToken, h, saveFile } from "../lib/dom.ts";
import { connect, type Remote } from "../lib/rpc.ts";
import {
  bar,
  button,
  faultPage,
  field,
  languageLink,
  notice,
  pageTitle,
  passphraseField,
} from "../lib/ui.ts";
import { countsTable } from "./counts.ts";
import { PAPER, paperText, REPRINT, readReprintFile, readSlipSet, reprintText, sealedFile } from "./files.ts";
import { printer } from "./print.ts";
import type { IssuerService } from "./service.ts";
import { errorText, t } from "./texts.ts";
import type { BoxSlips, Counts, IssuerView, SlipSet } from "./types.ts";

const SHORTEST = 8;

class IssuerPage {
  /** True while this page holds slips that exist nowhere else. */
  private unsaved = false;
  private readonly head = h("header", { class: "page-head" }, h("h1", {}, pageTitle()));
  private readonly body = h("div", { class: "stack" });
  private readonly paper = h("div", {});

  constructor(
    root: HTMLElement,
    private readonly token: string,
    private readonly worker: Remote<IssuerService>,
  ) {
    fill(root, h("main", { class: "page page-public" }, this.head, this.body), this.paper);
    window.addEventListener("beforeunload", (event) => {
      if (!this.unsaved) return;
      event.preventDefault();
      // Older browsers ask only when this is set.
      event.returnValue = true;
    });
  }

  async start(): Promise<void> {
    try {
      const view = await get<IssuerView>("/api/issuer", { token: this.token });
      this.showHead(view);
      this.showStart(view);
    } catch (error) {
      const again = button(t("issuer-again"), "", () => this.start());
      fill(this.body, notice("bad", errorText(error)), h("div", {}, again.root));
    }
  }

  private showHead(view: IssuerView): void {
    document.title = `${t("issuer-title")} · ${view.appraisal.title}`;
    fill(
      this.head,
      h(
        "div",
        { class: "stack-s" },
        view.appraisal.rehearsal
          ? h("p", { class: "badge", "data-tone": "warn" }, t("issuer-rehearsal"))
          : null,
        h("p", { class: "muted" }, view.appraisal.title),
        h("h1", {}, t("issuer-title")),
        h("p", {}, t("issuer-lead")),
      ),
      languageLink(t.language),
    );
  }

  private showStart(view: IssuerView): void {
    const registered = view.boxes.some((box) => box.registered > 0);
    if (view.appraisal.state !== "keyed") {
      const text = view.appraisal.state === "draft" ? t("issuer-too-early") : t("issuer-too-late");
      fill(this.body, notice("info", text), registered ? this.reopenPanel(view) : null);
      return;
    }
    const table = countsTable(view);
    const progress = bar();
    const fault = h("div", {});
    const make = button(t("issuer-make"), "btn-primary btn-l", async () => {
      const counts = table.read();
      fill(fault);
      if (counts === null) return;
      try {
        const boxes = await this.make(view, counts, progress);
        this.unsaved = true;
        this.showSlips(setOf(view, boxes));
      } catch (error) {
        fill(fault, notice("bad", errorText(error)));
      } finally {
        progress.hide();
      }
    });
    fill(
      this.body,
      registered ? notice("warn", t("issuer-replaces")) : null,
      h(
        "section",
        { class: "sheet sheet-next" },
        h("h2", {}, t("issuer-counts-title")),
        h("p", {}, t("issuer-counts-lead")),
        table.root,
        fault,
        progress.root,
        h("div", { class: "form-actions" }, make.root),
      ),
      registered ? this.reopenPanel(view) : null,
    );
  }

  /** All boxes are made before the first is registered: a failure half-way changes nothing on the server. */
  private async make(
    view: IssuerView,
    counts: ReadonlyMap<string, Counts>,
    progress: ReturnType<typeof bar>,
  ): Promise<BoxSlips[]> {
    const made: (BoxSlips & { publics: unknown })[] = [];
    for (const box of view.boxes) {
      const wanted = counts.get(box.uuid) ?? { phone: 0, paper: 0, spare: 0 };
      const said = t("issuer-making", { category: box.category });
      const result = await this.worker.call("make", { uuid: box.uuid, counts: wanted }, (share) =>
        progress.set(said, share),
      );
      const { uuid, category, label } = box;
      made.push({ uuid, category, label, ...result });
    }
    for (const { uuid, category, publics } of made) {
      progress.set(t("issuer-registering", { category }), null);
      const body = { box: uuid, ...(publics as object) };
      await post("/api/issuer/roll", body, { token: this.token, attempts: 6, timeoutMs: 180_000 });
    }
    return made.map(({ uuid, category, label, phone, paper, spare, fingerprint }) => ({
      uuid,
      category,
      label,
      phone,
      paper,
      spare,
      fingerprint,
    }));
  }

  private showSlips(set: SlipSet): void {
    const made = printer(set, () => undefined);
    fill(this.paper, made.paper);
    const paper = set.boxes.reduce((sum, box) => sum + box.paper.length, 0);
    fill(
      this.body,
      notice("ok", t("issuer-registered")),
      made.root,
      this.keepPanel(set, REPRINT, t("issuer-reprint-title"), t("issuer-reprint-lead")),
      paper > 0
        ? this.keepPanel(set, PAPER, t("issuer-paper-title"), t("issuer-paper-lead", { paper }))
        : null,
      h(
        "section",
        { class: "sheet" },
        h("h2", {}, t("issuer-forget-title")),
        h("p", {}, t("issuer-forget-lead")),
        h(
          "div",
          {},
          button(t("issuer-forget"), "btn-danger", () => {
            if (!window.confirm(t("issuer-forget-ask"))) return;
            this.unsaved = false;
            fill(this.paper);
            fill(this.body, notice("ok", t("issuer-forgotten")));
          }).root,
        ),
      ),
    );
  }

  private keepPanel(set: SlipSet, kind: string, title: string, lead: string): HTMLElement {
    const passphrase = passphraseField(
      {
        label: t("issuer-passphrase"),
        hint: t("issuer-passphrase-hint", { shortest: SHORTEST }),
        autocomplete: "new-password",
      },
      t("issuer-passphrase-show"),
    );
    const again = field({
      label: t("issuer-passphrase-again"),
      type: "password",
      autocomplete: "new-password",
    });
    const progress = bar();
    const save = button(t("issuer-save"), "", async () => {
      const text = passphrase.input.value;
      const long = [...text].length >= SHORTEST;
      const same = text === again.input.value;
      passphrase.setError(long ? null : t("issuer-passphrase-short", { shortest: SHORTEST }));
      again.setError(same ? null : t("issuer-passphrase-differs"));
      if (!long || !same) return;
      const content = kind === REPRINT ? reprintText(set) : paperText(set);
      const said = t("issuer-sealing");
      progress.set(said, 0);
      try {
        const sealed = await this.worker.call("seal", { text: content, passphrase: text }, (share) =>
          progress.set(said, share),
        );
        saveFile(`pingyi-${kind}-${set.appraisal}.json`, sealedFile(kind, set.appraisal, sealed));
        if (kind === REPRINT) this.unsaved = false;
      } catch (error) {
        passphrase.setError(errorText(error));
      } finally {
        progress.hide();
      }
    });
    return h(
      "section",
      { class: "sheet" },
      h("h2", {}, title),
      h("p", {}, lead),
      h("div", { class: "field-row even" }, passphrase.root, again.root),
      progress.root,
      h("div", {}, save.root),
    );
  }

  private reopenPanel(view: IssuerView): HTMLElement {
    const id = "reprint-file";
    const picker = h("input", { type: "file", accept: ".json,application/json", id });
    const passphrase = passphraseField({ label: t("issuer-passphrase") }, t("issuer-passphrase-show"));
    const progress = bar();
    const open = button(t("issuer-reopen"), "", async () => {
      const file = picker.files?.[0];
      passphrase.setError(file ? null : t("issuer-no-file"));
      if (!file) return;
      try {
        const sealed = readReprintFile(await file.text(), String(view.appraisal.id));
        const said = t("issuer-opening");
        progress.set(said, 0);
        const text = await this.worker.call("open", { sealed, passphrase: passphrase.input.value }, (share) =>
          progress.set(said, share),
        );
        this.showSlips(readSlipSet(text));
      } catch (error) {
        passphrase.setError(errorText(error));
      } finally {
        progress.hide();
      }
    });
    return h(
      "section",
      { class: "sheet" },
      h("h2", {}, t("issuer-reopen-title")),
      h("div", { class: "field" }, h("label", { for: id }, t("issuer-reopen-file")), picker),
      passphrase.root,
      progress.root,
      h("div", {}, open.root),
    );
  }
}

const setOf = (view: IssuerView, boxes: readonly BoxSlips[]): SlipSet => ({
  appraisal: String(view.appraisal.id),
  title: view.appraisal.title,
  rehearsal: view.appraisal.rehearsal,
  base_url: view.base_url,
  boxes,
});

function start(): void {
  const root = byId("app");
  const token = fragmentToken();
  if (token === null) {
    fill(root, faultPage(t("issuer-fault-link"), t.language));
    return;
  }
  const worker = connect<IssuerService>(root.dataset.worker ?? assetUrl("issuer-worker.js"));
  void new IssuerPage(root, token, worker).start();
}

start();
