/** What was written about each presenter: the leader's comment and the opened opinions, below the result. */
import { ApiError, get } from "../lib/api.ts";
import { fill, findAll, h } from "../lib/dom.ts";
import { notice } from "../lib/ui.ts";
import { errorText, t } from "./texts.ts";

interface Written {
  readonly presenters: readonly {
    readonly code: string;
    readonly title: string;
    readonly texts: readonly string[];
    /** Why others were struck, one reason each. */
    readonly struck?: readonly string[];
  }[];
  readonly unreadable: number;
  readonly empty: number;
}

interface Comments {
  readonly comments: Readonly<Record<string, string>>;
}

/** Same words from several raters are read once, with how many wrote them; the order is otherwise kept. */
export function counted(texts: readonly string[]): { text: string; times: number }[] {
  const times = new Map<string, number>();
  for (const text of texts.map((text) => text.trim())) times.set(text, (times.get(text) ?? 0) + 1);
  return [...times].map(([text, count]) => ({ text, times: count }));
}

function presenter(
  { code, title, texts, struck = [] }: Written["presenters"][number],
  comment: string,
): HTMLElement {
  const opinions = counted(texts).map(({ text, times }) =>
    h(
      "li",
      {},
      text,
      times > 1 ? h("span", { class: "muted small" }, t("office-opinion-times", { times })) : null,
    ),
  );
  return h(
    "details",
    { class: "working", id: `opinions-${code}` },
    h(
      "summary",
      {},
      title,
      " ",
      h("span", { class: "muted small" }, t("office-opinions-n", { count: texts.length })),
    ),
    h(
      "div",
      { class: "stack-s opinions" },
      comment.trim() === ""
        ? null
        : h("div", {}, h("h3", {}, t("office-comment")), h("p", { class: "opinion-comment" }, comment)),
      opinions.length === 0
        ? h("p", { class: "muted" }, t("office-opinions-none"))
        : h("ul", { class: "stack-s" }, opinions),
      struck.map((reason) => h("p", { class: "muted small" }, t("office-opinion-struck", { reason }))),
    ),
  );
}

/** Where the form had no field for opinions there is no urn; comments stand below the same names. */
async function opinionsOf(path: string): Promise<Written> {
  try {
    return await get<Written>(`${path}/opinions`);
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 404)) throw error;
    const presenters = findAll(document, "#scores tbody th a", HTMLAnchorElement).map((link) => ({
      code: link.hash.replace("#working-", ""),
      title: link.textContent ?? "",
      texts: [],
    }));
    return { presenters, unreadable: 0, empty: 0 };
  }
}

async function load(place: HTMLElement): Promise<void> {
  const path = place.dataset.opinions ?? "";
  const out = findAll(place, "[data-out]", HTMLElement)[0];
  if (!out) return;
  try {
    const [{ comments }, written] = await Promise.all([get<Comments>(path), opinionsOf(path)]);
    fill(
      out,
      written.presenters.map((line) => presenter(line, comments[line.code] ?? "")),
      written.unreadable > 0
        ? notice("warn", t("office-opinions-unreadable", { count: written.unreadable }))
        : null,
    );
  } catch (error) {
    // Before the result is announced or kept nobody reads them.
    const early = error instanceof ApiError && error.status === 409;
    fill(
      out,
      early ? h("p", { class: "muted" }, t("office-opinions-early")) : notice("bad", errorText(error)),
    );
  }
}

export function showOpinions(root: ParentNode): void {
  for (const place of findAll(root, "[data-opinions]", HTMLElement)) void load(place);
}
