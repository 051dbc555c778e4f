/** What a rater will see, at the size of a phone; the same markup and styles as the booth. */
import { fill, h } from "../lib/dom.ts";
import { gradeTones } from "../lib/tone.ts";
import type { Config } from "./model.ts";
import { t } from "./texts.ts";

const blank = (text: string, otherwise: string): string => (text.trim() === "" ? otherwise : text);

/** The phone beside the editor; `draw` shows a configuration, at the presenter it stood at. */
export class Preview {
  private at = 0;
  private shown: Config | null = null;
  private readonly screen = h("div", { class: "phone-screen" });
  readonly root = h("figure", { class: "phone" }, h("figcaption", {}, t("setup-preview")), this.screen);

  private step(by: number): void {
    this.at += by;
    if (this.shown) this.draw(this.shown);
  }

  private item(config: Config, index: number): HTMLElement {
    const { items, grades } = config.form;
    const label = blank(items[index]?.label ?? "", t("setup-preview-item", { row: index + 1 }));
    const tones = gradeTones(grades.map((grade) => grade.abstain));
    const name = `preview-${this.at}-${index}`;
    return h(
      "div",
      { class: "booth-item" },
      h("h4", { class: items.length === 1 ? "visually-hidden" : "booth-item-label" }, label),
      h(
        "div",
        { class: "booth-grades", role: "radiogroup", "aria-label": label },
        grades.map((grade, i) =>
          h(
            "label",
            { class: "booth-grade", "data-tone": tones[i] ?? "x", "data-abstain": grade.abstain },
            h("input", { type: "radio", name }),
            h("span", {}, blank(grade.label, t("setup-preview-grade", { row: i + 1 }))),
          ),
        ),
      ),
    );
  }

  draw(config: Config): void {
    this.shown = config;
    const { presenters } = config;
    const count = presenters.length;
    const at = Math.max(0, Math.min(count - 1, this.at));
    this.at = at;
    const presenter = presenters[at];
    const turn = (label: string, by: number): HTMLElement =>
      h(
        "button",
        {
          type: "button",
          class: "btn",
          disabled: at + by < 0 || at + by >= count,
          onclick: () => this.step(by),
        },
        label,
      );
    fill(
      this.screen,
      h("p", { class: "small muted" }, blank(config.title, t("setup-preview-title"))),
      h("p", { class: "small muted" }, t("setup-preview-at", { at: count === 0 ? 0 : at + 1, count })),
      h("h3", {}, blank(presenter?.title ?? "", t("setup-preview-presenter"))),
      presenter && presenter.unit.trim() !== "" ? h("p", { class: "muted small" }, presenter.unit) : null,
      config.form.items.map((_, index) => this.item(config, index)),
      config.form.opinions
        ? h(
            "details",
            { class: "booth-opinion" },
            h("summary", {}, t("setup-preview-opinion")),
            h("textarea", { rows: 3, "aria-label": t("setup-preview-opinion") }),
          )
        : null,
      h("div", { class: "phone-turn" }, turn(t("setup-preview-back"), -1), turn(t("setup-preview-next"), 1)),
    );
  }
}
