/** The teller's page (`/t#TOKEN`): makes a key that nobody else has, watches, opens. */
import { ApiError, get, NetworkError, sleep } from "../lib/api.ts";
import { assetUrl } from "../lib/assets.ts";
import { byId, fill, fragmentToken, h } from "../lib/dom.ts";
import type { TellerKeyFile } from "../lib/keyfile.ts";
import { coalesce, listen } from "../lib/live.ts";
import { connect, type Remote } from "../lib/rpc.ts";
import { button, faultPage, languageLink, notice, pageTitle } from "../lib/ui.ts";
import { boxesPanel, showFault } from "./boxes.ts";
import { advance } from "./ceremony.ts";
import { keepPanel, makeKeyPanel, unlockPanel } from "./keys.ts";
import { openAll, seatOf } from "./opening.ts";
import { seatsPanel } from "./seats.ts";
import type { TellerService } from "./service.ts";
import { isBackedUp, setBackedUp, storedKey, storeKey } from "./store.ts";
import { errorText, t } from "./texts.ts";
import { panelKey, stepOf, type TellerView } from "./types.ts";

class TellerPage {
  private view: TellerView | null = null;
  private seed: string | null = null;
  private file: TellerKeyFile | null = null;
  private stored = true;
  private readonly outside = { taken: false };
  private opening = false;
  private shown = "";
  private keySummary: string | null = null;
  private readonly told = new Map<string, string>();
  private readonly bar = h(
    "div",
    { class: "offline-bar", role: "status", hidden: true },
    t("teller-offline"),
  );
  private readonly head = h("header", { class: "page-head" }, h("h1", {}, pageTitle()));
  private readonly fault = h("div", {});
  private readonly panel = h("div", { class: "stack" });
  private readonly live = h("div", { class: "stack" });
  private readonly refresh = coalesce(() => this.load());

  constructor(
    root: HTMLElement,
    private readonly token: string,
    private readonly worker: Remote<TellerService>,
    private readonly startWorker: () => Remote<TellerService>,
  ) {
    fill(
      root,
      this.bar,
      h("main", { class: "page page-narrow" }, this.head, this.fault, this.panel, this.live),
    );
  }

  start(): void {
    listen("/api/teller/events", {
      token: this.token,
      onChange: () => this.refresh(),
      onState: (connected) => {
        this.bar.hidden = connected;
      },
    });
    this.refresh();
  }

  private async load(): Promise<void> {
    try {
      const view = await get<TellerView>("/api/teller", { token: this.token, attempts: 1 });
      this.bar.hidden = true;
      this.view = view;
      if (await this.act(view)) {
        this.view = await get<TellerView>("/api/teller", { token: this.token });
      }
      showFault(this.fault, null);
    } catch (error) {
      if (error instanceof NetworkError) {
        this.bar.hidden = false;
        await sleep(2_000);
        this.refresh();
        return;
      }
      const gone = error instanceof ApiError && error.status === 401;
      showFault(this.fault, gone ? t("teller-fault-link") : errorText(error));
    }
    if (this.view) await this.render(this.view);
  }

  /** The steps that need nobody: only while the keys are being made. */
  private async act(view: TellerView): Promise<boolean> {
    if (this.seed === null || view.ceremony.trustees !== null) return false;
    return advance(view, this.seed, this.token, this.worker);
  }

  private async unlocked(seed: string, file: TellerKeyFile | null): Promise<void> {
    const view = this.view;
    if (!view) return;
    const own = view.ceremony.certs[view.index - 1] ?? null;
    if (own !== null) {
      await this.worker.call("checkSeat", { seat: seatOf(view), seed, cert: own });
    }
    if (file !== null) {
      this.file = file;
      this.stored = storeKey(file);
    }
    this.seed = seed;
    this.refresh();
  }

  private async render(view: TellerView): Promise<void> {
    const appraisal = String(view.appraisal.id);
    this.renderHead(view);
    const step = stepOf(view, storedKey(appraisal, view.index) !== null, this.seed !== null);
    const keep = this.seed !== null && this.file !== null && !isBackedUp(appraisal, view.index);
    const key = panelKey(view, step, keep);
    if (key !== this.shown && !this.opening) {
      this.shown = key;
      fill(this.panel, ...this.panels(view, step, keep));
    }
    if (view.ceremony.trustees !== null && this.keySummary === null) {
      const of = { seat: seatOf(view), trustees: view.ceremony.trustees };
      this.keySummary = (await this.worker.call("summary", of)).words;
    }
    fill(this.live, view.ceremony.trustees === null ? seatsPanel(view) : this.keyPanel(view));
  }

  private renderHead(view: TellerView): void {
    document.title = `${view.name} · ${view.appraisal.title}`;
    fill(
      this.head,
      h(
        "div",
        { class: "stack-s" },
        view.appraisal.rehearsal
          ? h("p", { class: "badge", "data-tone": "warn" }, t("teller-rehearsal"))
          : null,
        h("p", { class: "muted" }, view.appraisal.title),
        h("h1", {}, t("teller-seat", { index: view.index, name: view.name })),
        h("p", { class: "muted small" }, t("teller-rule", { threshold: view.threshold, size: view.size })),
      ),
      languageLink(t.language),
    );
  }

  private panels(view: TellerView, step: ReturnType<typeof stepOf>, keep: boolean): (Node | null)[] {
    const panel = {
      view,
      worker: this.worker,
      unlocked: (seed: string, file: TellerKeyFile | null) => this.unlocked(seed, file),
    };
    // While boxes wait to be opened there is one thing to do, not two.
    const keepNow =
      keep && this.seed !== null && this.file !== null
        ? keepPanel(view, this.seed, this.file, this.stored, this.outside, () => {
            setBackedUp(String(view.appraisal.id), view.index);
            this.shown = "";
            this.refresh();
          })
        : null;
    switch (step) {
      case "make":
        return [makeKeyPanel(panel)];
      case "unlock":
        return [
          unlockPanel(
            panel,
            view.ceremony.trustees === null ? t("teller-unlock-ceremony") : t("teller-unlock-open"),
          ),
        ];
      case "ceremony":
        return [keepNow, keepNow ? null : notice("info", t("teller-runs-by-itself"))];
      case "ready":
        return [keepNow, notice("ok", t("teller-ready"))];
      case "counting":
        return [notice("info", t("teller-counting"))];
      case "open":
      case "opened":
        return [this.openingPanel(view, step === "open")];
      case "done":
        return [
          notice(
            view.appraisal.state === "voided" ? "warn" : "ok",
            view.appraisal.state === "voided" ? t("teller-voided") : t("teller-done"),
          ),
          this.told.size > 0 ? boxesPanel(view, this.told).root : null,
        ];
    }
  }

  private openingPanel(view: TellerView, owes: boolean): HTMLElement {
    const said = h("div", {});
    const go = button(t("teller-open-button"), "btn-primary btn-l btn-wide", async () => {
      if (this.seed === null || this.view === null) return;
      this.opening = true;
      const clean = await openAll({
        view: this.view,
        token: this.token,
        seed: this.seed,
        worker: this.worker,
        startWorker: this.startWorker,
        rows: panel.rows,
        told: this.told,
      });
      this.opening = false;
      if (clean) {
        this.shown = "";
        this.refresh();
      } else {
        fill(said, notice("bad", t("teller-open-refused")));
      }
    });
    const panel = boxesPanel(view, this.told, said, owes ? go.root : notice("ok", t("teller-opened")));
    return panel.root;
  }

  private keyPanel(view: TellerView): HTMLElement {
    return h(
      "section",
      { class: "sheet" },
      h("h2", {}, t("teller-key-title")),
      h("p", {}, t("teller-key-lead", { size: view.size, threshold: view.threshold })),
      h("p", { class: "mono figure" }, this.keySummary ?? ""),
    );
  }
}

function start(): void {
  const root = byId("app");
  const token = fragmentToken();
  if (token === null) {
    fill(root, faultPage(t("teller-fault-link"), t.language));
    return;
  }
  const startWorker = () => connect<TellerService>(root.dataset.worker ?? assetUrl("teller-worker.js"));
  new TellerPage(root, token, startWorker(), startWorker).start();
}

start();
