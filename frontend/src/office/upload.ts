/** Files sent as they are, with progress. */
import { ApiError, errorFrom } from "../lib/api.ts";
import { showProblems, toast } from "./dialog.ts";
import { refresh } from "./regions.ts";
import { errorText, t } from "./texts.ts";

const csrf = (): string => document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";

/** `fetch` tells nothing about how far an upload is, so this is the one place with XMLHttpRequest. */
export function send(
  path: string,
  method: string,
  file: File,
  progress: (share: number) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.setRequestHeader("X-CSRF-Token", csrf());
    request.setRequestHeader("Content-Type", file.type || "application/octet-stream");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) =>
      progress(event.total > 0 ? event.loaded / event.total : 0),
    );
    request.addEventListener("load", () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = null;
      }
      if (request.status < 300) {
        resolve(body);
        return;
      }
      reject(errorFrom(request.status, body));
    });
    request.addEventListener("error", () => reject(new Error(t("office-fault-network"))));
    request.send(file);
  });
}

export async function upload(input: HTMLInputElement): Promise<void> {
  const path = input.dataset.upload;
  const file = input.files?.[0];
  if (path === undefined || !file) return;
  const place = input.closest("li, .field") ?? input.parentElement;
  const meter = place?.querySelector("progress") ?? null;
  const working = place?.querySelector<HTMLElement>("[data-working]") ?? null;
  if (meter) meter.hidden = false;
  input.disabled = true;
  input.dataset.dirty = "";
  try {
    const { method, then } = input.dataset;
    const named = `${path}${path.includes("?") ? "&" : "?"}name=${encodeURIComponent(file.name)}`;
    const answer = await send(named, method ?? "PUT", file, (share) => {
      if (meter) meter.value = share * meter.max;
      // It is there, and something is still made of it: a bar that stands at its end would say it is done.
      if (share < 1 || !working || !/\.pptx$/i.test(file.name)) return;
      working.textContent = working.dataset.text ?? "";
      meter?.removeAttribute("value");
    });
    const id = answer !== null && typeof answer === "object" && "id" in answer ? answer.id : undefined;
    if (then !== undefined && typeof id === "string") {
      delete input.dataset.dirty;
      location.assign(then.replace("{id}", id));
      return;
    }
    toast(t("office-uploaded", { name: file.name }));
  } catch (error) {
    // All that is wrong with the file, not only that something is.
    if (error instanceof ApiError && error.problems.length > 0) showProblems(error.message, error.problems);
    else toast(errorText(error), true);
  } finally {
    if (meter) meter.hidden = true;
    if (working) working.textContent = "";
    input.disabled = false;
    input.value = "";
    delete input.dataset.dirty;
    refresh();
  }
}
