/** Typing what stands on the slip. */
import {
  type Correction,
  type Credential,
  correctTyped,
  isUuid,
  parseCredential,
} from "../../lib/credential.ts";
import { h } from "../../lib/dom.ts";
import type { Texts } from "../../lib/i18n.ts";
import { type Field, field } from "../../lib/ui.ts";
import { heading, para, press, type Screen } from "../view.ts";

/** The parts of the address on a slip. */
export interface SlipAddress {
  base: string;
  uuid: string;
  credential: Credential | null;
}

/** Reads `http(s)://host/b/uuid#credential`, with or without scheme and credential; null for anything else. */
export function readSlipAddress(text: string): SlipAddress | null {
  const trimmed = text.trim();
  try {
    const url = new URL(/^https?:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
    const uuid = /^\/b\/([^/]+)\/?$/.exec(url.pathname)?.[1] ?? "";
    if (!isUuid(uuid)) return null;
    let credential: Credential | null = null;
    try {
      credential = parseCredential(url.hash.slice(1));
    } catch {
      // Typed by hand then.
    }
    return { base: url.origin, uuid, credential };
  } catch {
    return null;
  }
}

function hintOf(t: Texts, typed: string, read: Correction): string {
  if (read.foreign.length > 0) return t("booth-slip-foreign", { chars: read.foreign.join(" ") });
  if (read.length > 22) return t("booth-slip-long", { extra: read.length - 22 });
  if (/[0OIl]/.test(typed)) return t("booth-slip-corrected");
  return read.credential === null ? t("booth-slip-count", { count: read.length }) : t("booth-slip-whole");
}

function problemOf(t: Texts, read: Correction): string | null {
  if (read.foreign.length > 0) return t("booth-slip-foreign", { chars: read.foreign.join(" ") });
  if (read.length > 22) return t("booth-slip-long", { extra: read.length - 22 });
  if (read.credential === null) return t("booth-slip-short", { left: 22 - read.length });
  return null;
}

/** Groups as 5-6-5-6 while typing at the end; leaves the text alone while somebody edits in its middle. */
function follow(t: Texts, code: Field, hint: HTMLElement): void {
  const { input } = code;
  const read = correctTyped(input.value);
  hint.textContent = hintOf(t, input.value, read);
  const atEnd = input.selectionStart === null || input.selectionStart >= input.value.length;
  if (atEnd && read.foreign.length === 0 && read.length <= 22 && input.value !== read.shown) {
    const dash = read.shown !== "" && input.value.endsWith("-") && !read.shown.endsWith("-");
    input.value = dash ? `${read.shown}-` : read.shown;
  }
  if (problemOf(t, read) === null) code.setError(null);
}

export interface SlipOptions {
  /** A slip that the board does not know was tried. */
  wrong: boolean;
  value: string;
  /** The page comes from a file: the address must be typed too. */
  askAddress: boolean;
  go(credential: Credential, address: SlipAddress | null): void;
}

export function slipScreen(t: Texts, options: SlipOptions): Screen {
  const title = t(options.wrong ? "booth-wrong-slip-heading" : "booth-slip-heading");
  const address = field({
    label: t("booth-slip-address"),
    hint: t("booth-slip-address-hint"),
    inputmode: "url",
  });
  const code = field({
    label: t("booth-slip-label"),
    value: options.value,
    hint: t("booth-slip-count", { count: 0 }),
  });
  code.input.classList.add("booth-slip-code");
  const hint = code.root.querySelector<HTMLElement>(".hint") ?? code.root;
  hint.setAttribute("aria-live", "polite");
  code.input.addEventListener("input", () => follow(t, code, hint));
  if (options.value !== "") follow(t, code, hint);

  const submit = (event?: Event): void => {
    event?.preventDefault();
    const place = options.askAddress ? readSlipAddress(address.input.value) : null;
    const bad = options.askAddress && place === null;
    address.setError(bad ? t("booth-slip-address-bad") : null);
    const read = correctTyped(code.input.value);
    const credential = place?.credential ?? read.credential;
    code.setError(credential === null ? problemOf(t, read) : null);
    if (bad) address.input.focus();
    else if (credential === null) code.input.focus();
    else options.go(credential, place);
  };
  return {
    name: options.wrong ? "wrong-slip" : "slip",
    heading: title,
    body: [
      h(
        "form",
        { class: "stack", onsubmit: submit, novalidate: true },
        heading(title),
        para(t(options.wrong ? "booth-wrong-slip-text" : "booth-slip-lead")),
        options.askAddress && address.root,
        code.root,
        // Enter on the phone's keyboard submits a form that has a button.
        h("button", { type: "submit", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true" }, ""),
      ),
    ],
    foot: [press(t("booth-slip-go"), "btn-primary btn-wide", () => submit())],
  };
}
