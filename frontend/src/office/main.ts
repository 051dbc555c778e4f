/** The office's pages: HTML from the server, made lively by attributes (docs/design-system.md). */
import { startEntry } from "../entry/form.ts";
import { startPickers } from "../entry/picker.ts";
import { find, keepFragmentInLanguageLinks } from "../lib/dom.ts";
import { checkAll, sendBatch, unsay } from "./batch.ts";
import { enhance, startClocks } from "./enhance.ts";
import { startEvidence } from "./evidence.ts";
import { startFindings } from "./findings.ts";
import { pageKey } from "./keys.ts";
import { copyText, makeLinks } from "./links.ts";
import { openDialog, searchKey } from "./open.ts";
import { showOpinions } from "./opinions.ts";
import { startLive } from "./regions.ts";
import { press, submit, targetOf } from "./send.ts";
import { stageKey } from "./stage.ts";
import { exportTable, filterTable, tableKey } from "./tables.ts";
import { upload } from "./upload.ts";
import { startWhatIf } from "./whatif.ts";

const closest = (event: Event, selector: string): HTMLElement | null => {
  const target = event.target instanceof Element ? event.target.closest(selector) : null;
  return target instanceof HTMLElement ? target : null;
};

function click(event: MouseEvent): void {
  const button = closest(event, "button, [role=button]");
  if (!button) return;
  const links = button.dataset.make === undefined ? null : button.closest("[data-links]");
  if (links instanceof HTMLElement) void makeLinks(links, button);
  else if (button.dataset.print !== undefined) window.print();
  else if (button.dataset.export !== undefined) exportTable(button);
  else if (button.dataset.copy !== undefined) {
    const from = document.querySelector(button.dataset.copy);
    void copyText(from?.textContent?.trim() ?? button.dataset.copy);
  } else if (button.dataset.open !== undefined) openDialog(button);
  else if (button.dataset.close !== undefined) {
    const dialog = button.closest("dialog");
    if (dialog instanceof HTMLDialogElement) dialog.close();
  } else if (targetOf(button)) {
    event.preventDefault();
    void press(button);
  }
}

function start(): void {
  document.addEventListener("click", click);
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement)) return;
    if (form.dataset.batch !== undefined) {
      event.preventDefault();
      void sendBatch(form);
      return;
    }
    const saves = form.dataset.autosave !== undefined;
    if (!saves && !targetOf(form)) return;
    event.preventDefault();
    if (!saves) void submit(form);
  });
  document.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.filter !== undefined)
      filterTable(event.target);
    const form = closest(event, "form[data-post], form[data-put], form[data-patch]");
    // Half-filled forms are not replaced under somebody's hands.
    if (form && event.target instanceof HTMLElement) event.target.dataset.dirty = "";
  });
  document.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.dataset.upload !== undefined)
      void upload(event.target);
    else if (event.target instanceof HTMLInputElement && event.target.type === "checkbox") {
      unsay(event.target);
      if (event.target.dataset.batchAll !== undefined) checkAll(event.target);
    }
  });
  document.addEventListener("keydown", (event) => {
    tableKey(event);
    if (!event.defaultPrevented) stageKey(event);
    if (!event.defaultPrevented) searchKey(event);
    if (!event.defaultPrevented) pageKey(event);
  });
  const first = find(document, "[data-autofocus]", HTMLElement);
  first?.focus();
  keepFragmentInLanguageLinks();
  enhance(document);
  startClocks();
  showOpinions(document);
  startLive();
  startEntry();
  startPickers(document);
  startEvidence();
  startFindings(document);
  startWhatIf();
}

start();
