/** What is ticked proposes the title of the matter made of it, until somebody writes one. */
import { findAll } from "../lib/dom.ts";

/** The titles proposed by what is ticked, as many as fit; opinions propose none, their words are not the office's. */
export function proposal(proposed: readonly string[], most = 120): string {
  let title = "";
  for (const text of proposed.filter((one) => one !== "")) {
    const next = title === "" ? text : `${title}；${text}`;
    if ([...next].length > most) break;
    title = next;
  }
  return title;
}

export function startFindings(root: ParentNode): void {
  for (const form of findAll(root, "form[data-findings]", HTMLFormElement)) {
    const title = form.elements.namedItem("title");
    if (!(title instanceof HTMLInputElement)) continue;
    let own = false;
    title.addEventListener("input", () => {
      own = title.value.trim() !== "";
    });
    form.addEventListener("change", (event) => {
      if (own || !(event.target instanceof HTMLInputElement) || event.target.type !== "checkbox") return;
      const ticked = findAll(form, "input[type=checkbox]:checked", HTMLInputElement);
      title.value = proposal(ticked.map((box) => box.dataset.proposed ?? ""));
    });
  }
}
