/** Somebody else changed the draft meanwhile: what changed, and a choice for each place. */
import { h } from "../lib/dom.ts";
import { type Difference, differences, mixed, type Value } from "./diff.ts";
import type { Config } from "./model.ts";
import { placeText, t } from "./texts.ts";

const asValue = (config: Config): Value => JSON.parse(JSON.stringify(config)) as Value;

function shown(value: Value | undefined): string {
  if (value === undefined || value === null || value === "") return t("setup-merge-empty");
  if (Array.isArray(value)) {
    return value
      .map((row: Value) => {
        if (typeof row !== "object" || row === null) return String(row);
        const { title, label } = row as Record<string, Value>;
        return String(title ?? label ?? JSON.stringify(row));
      })
      .join("、");
  }
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function line(difference: Difference, chosen: Set<string>): HTMLElement {
  const group = `merge-${difference.path}`;
  const theirs = !difference.both && JSON.stringify(difference.mine) === JSON.stringify(difference.base);
  if (theirs) chosen.add(difference.path);
  const option = (who: "mine" | "theirs", value: Value | undefined, checked: boolean): HTMLElement => {
    const input = h("input", { type: "radio", name: group, checked });
    input.addEventListener("change", () => {
      if (who === "theirs") chosen.add(difference.path);
      else chosen.delete(difference.path);
    });
    return h(
      "label",
      { class: "check" },
      input,
      h("span", {}, t(`setup-merge-${who}`), " ", h("strong", {}, shown(value))),
    );
  };
  return h(
    "fieldset",
    {},
    h("legend", {}, placeText(difference.path)),
    option("mine", difference.mine, !theirs),
    option("theirs", difference.theirs, theirs),
  );
}

/** The configuration to go on with. There is no way out without choosing: both texts stay until then. */
export function chooseMerge(base: Config, mine: Config, theirs: Config): Promise<Config> {
  const found = differences(asValue(base), asValue(mine), asValue(theirs));
  if (found.length === 0) return Promise.resolve(theirs);
  return new Promise((resolve) => {
    const chosen = new Set<string>();
    const done = h("button", { type: "button", class: "btn btn-primary" }, t("setup-merge-go"));
    const dialog = h(
      "dialog",
      { class: "dialog", "aria-labelledby": "merge-title" },
      h(
        "div",
        { class: "dialog-body" },
        h("h2", { id: "merge-title" }, t("setup-merge-title")),
        h("p", {}, t("setup-merge-lead")),
        found.map((difference) => line(difference, chosen)),
        h("div", { class: "dialog-actions" }, done),
      ),
    );
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    done.addEventListener("click", () => {
      dialog.close();
      dialog.remove();
      resolve(mixed(asValue(mine), asValue(theirs), chosen) as unknown as Config);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
