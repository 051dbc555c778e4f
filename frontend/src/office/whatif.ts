/** The page of other weights: every change of a number works the table out anew, and numbers have a slider beside them. */
import { findAll, h } from "../lib/dom.ts";
import { refresh } from "./regions.ts";

const AFTER_MS = 250;

/** A slider that goes with the box; what is no decimal (1/3) leaves the slider where it is. */
function addSlider(box: HTMLInputElement): void {
  const slider = h("input", {
    type: "range",
    min: "0",
    max: box.dataset.slider ?? "100",
    step: "1",
    class: "slider",
    "aria-label": box.labels?.[0]?.textContent ?? box.name,
  });
  const follow = (): void => {
    const value = Number(box.value);
    if (box.value.trim() !== "" && Number.isFinite(value)) slider.value = String(value);
  };
  follow();
  box.addEventListener("input", follow);
  slider.addEventListener("input", () => {
    box.value = slider.value;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
  box.after(slider);
}

export function startWhatIf(): void {
  const form = document.querySelector("form[data-what-if]");
  if (!(form instanceof HTMLFormElement)) return;
  for (const box of findAll(form, "[data-slider]", HTMLInputElement)) addSlider(box);
  let timer = 0;
  const show = (): void => {
    const values = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") values.append(name, value);
    history.replaceState(null, "", `${form.getAttribute("action") ?? ""}?${values.toString()}`);
    refresh();
  };
  form.addEventListener("input", (event) => {
    // Another appraisal has other rows: the page is asked for whole.
    if (event.target instanceof HTMLSelectElement && event.target.name === "on") return;
    window.clearTimeout(timer);
    timer = window.setTimeout(show, AFTER_MS);
  });
  form.addEventListener("change", (event) => {
    if (!(event.target instanceof HTMLSelectElement) || event.target.name !== "on") return;
    location.assign(`${form.getAttribute("action") ?? ""}?on=${encodeURIComponent(event.target.value)}`);
  });
}
