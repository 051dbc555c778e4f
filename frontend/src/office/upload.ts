/** Files sent as they are, with progress. */
import { errorFrom } from "../lib/api.ts";
import { toast } from "./dialog.ts";
import { refresh } from "./regions.ts";
import { errorText, t } from "./texts.ts";

const csrf = (): string => document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";

/** `fetch` tells nothing about how far an upload is, so this is the one place with XMLHttpRequest. */
function send(path: string, file: File, progress: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", path);
    request.setRequestHeader("X-CSRF-Token", csrf());
    request.setRequestHeader("Content-Type", file.type || "application/pdf");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) =>
      progress(event.total > 0 ? event.loaded / event.total : 0),
    );
    request.addEventListener("load", () => {
      if (request.status < 300) {
        resolve();
        return;
      }
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        body = null;
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
  const meter = (input.closest("li, .field") ?? input.parentElement)?.querySelector("progress") ?? null;
  if (meter) meter.hidden = false;
  input.disabled = true;
  input.dataset.dirty = "";
  try {
    await send(path, file, (share) => {
      if (meter) meter.value = share * meter.max;
    });
    toast(t("office-uploaded", { name: file.name }));
  } catch (error) {
    toast(errorText(error), true);
  } finally {
    if (meter) meter.hidden = true;
    input.disabled = false;
    input.value = "";
    delete input.dataset.dirty;
    refresh();
  }
}
