/** The outline of the reports: sections added, left out and put into another order. */
import { find, findAll } from "../lib/dom.ts";

const rowsOf = (list: HTMLElement): HTMLElement[] => findAll(list, "[data-outline-row]", HTMLElement);

/** The names of fields say where their section stands. */
function number(list: HTMLElement): void {
  for (const [at, row] of rowsOf(list).entries()) {
    for (const element of findAll(row, "[name], [for], [id], [data-error-for]", HTMLElement)) {
      for (const name of ["name", "data-error-for"]) {
        const value = element.getAttribute(name);
        if (value !== null)
          element.setAttribute(name, value.replace(/^sections\.[^.]+\./, `sections.${at}.`));
      }
      for (const name of ["id", "for"]) {
        const value = element.getAttribute(name);
        if (value !== null) element.setAttribute(name, value.replace(/^o-[^-]+-/, `o-${at}-`));
      }
    }
  }
}

export function startOutline(list: HTMLElement): void {
  const blank = find(document, "#outline-blank", HTMLTemplateElement);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-outline]") : null;
    if (!(button instanceof HTMLElement)) return;
    const row = button.closest("[data-outline-row]");
    const step = button.dataset.outline;
    if (step === "add" && blank) {
      list.append(blank.content.cloneNode(true));
      rowsOf(list).at(-1)?.querySelector<HTMLElement>("input:not([type=hidden])")?.focus();
    } else if (row && step === "remove") row.remove();
    else if (row && step === "up") row.previousElementSibling?.before(row);
    else if (row && step === "down") row.nextElementSibling?.after(row);
    number(list);
    if (step === "up" || step === "down") button.focus();
  });
}
