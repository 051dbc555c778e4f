/** New links for tellers, issuer and hall: shown once, each with its QR symbol. */
import { post } from "../lib/api.ts";
import { fill, findAll, h } from "../lib/dom.ts";
import { qrSvg } from "../lib/qr.ts";
import { ask, toast } from "./dialog.ts";
import { refresh } from "./regions.ts";
import { errorText, t } from "./texts.ts";

interface Links {
  readonly tellers?: readonly { readonly index: number; readonly name: string; readonly url: string }[];
  readonly issuer?: string | null;
  readonly hall?: string | null;
}

export interface NamedLink {
  readonly name: string;
  readonly url: string;
}

/** The links of an answer in the order in which they are handed out. */
export function namedLinks(links: Links): NamedLink[] {
  const tellers = (links.tellers ?? []).map(({ index, name, url }) => ({
    name: t("office-link-teller", { index, name }),
    url,
  }));
  const issuer = links.issuer ? [{ name: t("office-link-issuer"), url: links.issuer }] : [];
  const hall = links.hall ? [{ name: t("office-link-hall"), url: links.hall }] : [];
  return [...tellers, ...issuer, ...hall];
}

function figure({ name, url }: NamedLink, open: boolean): HTMLElement {
  const copy = h("button", { type: "button", class: "btn btn-s" }, t("office-copy"));
  copy.addEventListener("click", () => void copyText(url));
  return h(
    "figure",
    { class: "qr" },
    qrSvg(url, t("office-link-qr", { name })),
    h(
      "figcaption",
      { class: "stack-s" },
      h("strong", {}, name),
      h("span", { class: "mono small break" }, url),
      h(
        "span",
        { class: "row" },
        copy,
        open
          ? h("a", { class: "btn btn-s", href: url, target: "_blank", rel: "noopener" }, t("office-open"))
          : null,
      ),
    ),
  );
}

/** Plain http has no clipboard interface: then the old way, by a selected field. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h("textarea", { class: "visually-hidden", readonly: true });
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  toast(t("office-copied"));
}

export async function makeLinks(holder: HTMLElement, button: HTMLElement): Promise<void> {
  const path = holder.dataset.links;
  const out = findAll(holder, "[data-links-out]", HTMLElement)[0];
  if (path === undefined || !out || button.getAttribute("aria-busy") === "true") return;
  if (button.dataset.confirm !== undefined) {
    const label = button.textContent?.trim() ?? "";
    const sure = await ask({
      title: label,
      text: button.dataset.confirm,
      yes: label,
      danger: false,
      reason: null,
      name: null,
    });
    if (sure === null) return;
  }
  button.setAttribute("aria-busy", "true");
  try {
    const kinds: unknown = JSON.parse(holder.dataset.kinds ?? "[]");
    const answer = await post<Links>(path, { kinds });
    const links = namedLinks(answer);
    // While the links are on the screen the region is not replaced: they are shown once only.
    holder.dataset.dirty = "";
    fill(
      out,
      h("p", { class: "notice", "data-tone": "warn" }, t("office-links-once")),
      h(
        "div",
        { class: "qr-grid" },
        links.map((link) => figure(link, holder.dataset.open !== undefined)),
      ),
    );
    refresh();
  } catch (error) {
    toast(errorText(error), true);
  } finally {
    button.setAttribute("aria-busy", "false");
  }
}
