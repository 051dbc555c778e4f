/** The editor of a draft (docs/design-system.md, "Set-up editor"). */
import { sleep } from "../lib/api.ts";
import { byId, fill, findAll, h } from "../lib/dom.ts";
import { notice } from "../lib/ui.ts";
import { chooseMerge } from "./merge.ts";
import {
  type Config,
  type Draft,
  fromConfig,
  LISTS,
  type ListPath,
  type LocalProblem,
  type Row,
  toConfig,
  type UnitChoice,
  withUnits,
} from "./model.ts";
import { withPreset } from "./presets.ts";
import { Preview } from "./preview.ts";
import { byPlace, type ConfigProblem } from "./problems.ts";
import { forget, keep, kept, type Outcome, save } from "./save.ts";
import { Sections } from "./sections.ts";
import { errorText, placeText, problemText, t } from "./texts.ts";

const AFTER_MS = 700;
const AGAIN_MS = 5_000;

class SetupEditor {
  private draft: Draft;
  /** What the server has. */
  private base: Config;
  private version: number;
  private problems: readonly ConfigProblem[];
  private dirty = false;
  private saving = false;
  private timer = 0;
  private readonly sections: Sections;
  private readonly preview = new Preview();
  private readonly state = h("p", { class: "save-state", role: "status" });
  private readonly list = h("div", { class: "setup-problems" });
  private readonly messages = h("div", {});

  constructor(
    private readonly root: HTMLElement,
    config: Config,
    problems: readonly ConfigProblem[],
    units: readonly UnitChoice[],
  ) {
    this.base = config;
    this.problems = problems;
    this.version = Number(root.dataset.version ?? "0");
    this.draft = fromConfig(config);
    const restored = this.restore();
    this.sections = new Sections({
      draft: () => this.draft,
      setField: (path, value) =>
        this.change({ ...this.draft, fields: { ...this.draft.fields, [path]: value } }),
      setList: (path, rows) => this.setList(path, rows),
      preset: (preset) => {
        this.change(withPreset(this.draft, preset));
        this.sections.draw();
      },
      units,
      matchUnits: () => {
        const rows = withUnits(this.draft.lists.presenters, units);
        if (rows === null) return;
        this.setList("presenters", rows);
        this.sections.draw();
      },
      tellersFrozen: root.dataset.state !== "draft",
    });
    fill(
      root,
      this.messages,
      h(
        "div",
        { class: "setup-split" },
        this.sections.root,
        h("aside", { class: "setup-side" }, this.state, this.list, this.preview.root),
      ),
    );
    if (restored !== null) this.goOnWith(restored);
    window.addEventListener("beforeunload", (event) => {
      if (!this.dirty) return;
      void this.store();
      event.preventDefault();
      event.returnValue = true;
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && this.dirty) void this.store();
    });
    this.show();
  }

  /** Takes back what an earlier page typed and could not save; answers with the version it was typed upon. */
  private restore(): { version: number; base: Config | null } | null {
    const found = kept(this.id());
    if (!found || !isDraft(found.draft)) return null;
    this.draft = found.draft;
    this.dirty = true;
    return found;
  }

  private goOnWith(restored: { version: number; base: Config | null }): void {
    fill(this.messages, notice("info", t("setup-restored")));
    if (restored.version === this.version) {
      this.later(0);
      return;
    }
    // Others have saved since: their changes are shown, not overwritten.
    const theirs = { version: this.version, config: this.base };
    if (restored.base !== null) this.base = restored.base;
    void this.merge(theirs, toConfig(this.draft, this.base).config);
  }

  private id(): string {
    return this.root.dataset.id ?? "";
  }

  private setList(path: ListPath, rows: Row[]): void {
    this.change({ ...this.draft, lists: { ...this.draft.lists, [path]: rows } });
  }

  private change(draft: Draft): void {
    this.draft = draft;
    this.dirty = true;
    keep(this.id(), { version: this.version, base: this.base, draft });
    this.state.textContent = t("setup-unsaved");
    this.show();
    this.later(AFTER_MS);
  }

  private later(ms: number): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.store(), ms);
  }

  private async store(): Promise<void> {
    if (this.saving || !this.dirty) return;
    this.saving = true;
    window.clearTimeout(this.timer);
    const sent = this.draft;
    const { config } = toConfig(sent, this.base);
    this.state.textContent = t("setup-saving");
    try {
      const outcome = await save(this.root.dataset.save ?? "", this.version, config);
      await this.arrive(outcome, sent, config);
    } finally {
      this.saving = false;
    }
    // What was typed while the save was on its way is saved next.
    if (this.dirty && this.draft !== sent) this.later(AFTER_MS);
  }

  private async arrive(outcome: Outcome, sent: Draft, config: Config): Promise<void> {
    switch (outcome.kind) {
      case "stored":
        this.base = config;
        this.version = outcome.stored.version;
        this.problems = outcome.stored.problems;
        if (this.draft === sent) {
          this.dirty = false;
          forget(this.id());
          this.state.textContent = t("setup-saved");
        }
        fill(this.messages);
        this.show();
        return;
      case "conflict":
        await this.merge(outcome.conflict, config);
        return;
      case "frozen":
        this.dirty = false;
        fill(this.messages, notice("bad", t("setup-frozen")));
        return;
      case "refused":
        this.problems =
          outcome.problems.length > 0
            ? outcome.problems
            : [{ path: "", code: "refused", message: outcome.message }];
        this.state.textContent = t("setup-not-saved");
        this.show();
        return;
      case "failed":
        this.state.textContent = t("setup-failed", { detail: errorText(outcome.error) });
        await sleep(0);
        this.later(AGAIN_MS);
    }
  }

  private async merge(conflict: { version: number; config: Config } | null, mine: Config): Promise<void> {
    if (conflict === null) {
      fill(this.messages, notice("bad", t("setup-conflict-reload")));
      return;
    }
    const chosen = await chooseMerge(this.base, mine, conflict.config);
    this.base = conflict.config;
    this.version = conflict.version;
    this.draft = fromConfig(chosen);
    keep(this.id(), { version: this.version, base: this.base, draft: this.draft });
    this.sections.draw();
    this.show();
    this.later(0);
  }

  private show(): void {
    const { config, problems } = toConfig(this.draft, this.base);
    this.preview.draw(config);
    showTitle(config.title);
    this.showProblems([...problems, ...this.relevant(problems)]);
  }

  /** The server's problems, without those a local one at the same place says better. */
  private relevant(local: readonly LocalProblem[]): ConfigProblem[] {
    const taken = new Set(local.map((problem) => problem.path));
    return this.problems.filter((problem) => !taken.has(problem.path));
  }

  private showProblems(problems: readonly ConfigProblem[]): void {
    const places = findAll(this.root, "[data-error-for]", HTMLElement);
    const known = new Set(places.map((place) => place.dataset.errorFor ?? ""));
    const found = byPlace(problems, known);
    for (const place of places) {
      const here = found.get(place.dataset.errorFor ?? "") ?? [];
      const text = here.map(problemText).join(" ");
      if (place.textContent !== text) place.textContent = text;
    }
    for (const field of findAll(this.root, "[data-path]", HTMLElement)) {
      const wrong = found.has(field.dataset.path ?? "");
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    this.root.dataset.problems = String(problems.length);
    fill(
      this.list,
      problems.length === 0
        ? notice("ok", t("setup-no-problems"))
        : h(
            "details",
            { class: "notice", "data-tone": "warn", open: true },
            h("summary", {}, t("setup-problem-count", { count: problems.length })),
            h(
              "ul",
              { class: "problems" },
              problems.map((problem) => h("li", {}, this.problemLink(problem))),
            ),
          ),
    );
  }

  private problemLink(problem: ConfigProblem): HTMLElement {
    return h(
      "button",
      { type: "button", class: "problem-link", onclick: () => this.goTo(problem.path) },
      t("setup-problem-line", { place: placeText(problem.path), text: problemText(problem) }),
    );
  }

  private goTo(path: string): void {
    const fields = findAll(this.root, "[data-path]", HTMLElement);
    const field =
      fields.find((candidate) => candidate.dataset.path === path) ??
      fields.find((candidate) => (candidate.dataset.path ?? "").startsWith(path)) ??
      findAll(this.root, `[data-list="${CSS.escape(path)}"] button`, HTMLElement).pop();
    field?.focus();
    field?.scrollIntoView({ block: "center" });
  }
}

/** The page's heading is the name of the meeting: it follows what is typed. */
function showTitle(title: string): void {
  const heading = document.querySelector(".page-head h1");
  if (heading && title.trim() !== "") heading.textContent = title;
}

function isDraft(value: unknown): value is Draft {
  if (typeof value !== "object" || value === null || !("fields" in value) || !("lists" in value))
    return false;
  const { lists } = value;
  return typeof lists === "object" && lists !== null && LISTS.every((list) => list in lists);
}

function data<T>(id: string, otherwise: T): T {
  const text = document.getElementById(id)?.textContent ?? "";
  return text.trim() === "" ? otherwise : (JSON.parse(text) as T);
}

function start(): void {
  const root = document.getElementById("setup");
  // The same page without the editor (later states) loads no data.
  const config = data<Config | null>("setup-config", null);
  if (!root || config === null) return;
  new SetupEditor(
    byId("setup"),
    config,
    data<ConfigProblem[]>("setup-problems", []),
    data<UnitChoice[]>("setup-units", []),
  );
}

start();
