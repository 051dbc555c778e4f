/**
 * A page is built from elements, never from strings of markup: text can then never become
 * code, and the content security policy needs no exception.
 */

/** What may stand inside an element. `false`, `null` and `undefined` are left out. */
export type Child = Node | string | number | false | null | undefined | readonly Child[];

type Handler = (event: Event) => void;

/** Attributes by name; functions under `on…` become listeners; `true` is an empty attribute. */
export type Attributes = Record<string, string | number | boolean | null | undefined | Handler>;

const SVG = "http://www.w3.org/2000/svg";

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") {
      if (!name.startsWith("on")) throw new TypeError(`attribute ${name} cannot be a function`);
      element.addEventListener(name.slice(2), value);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

function appendAll(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (isList(child)) appendAll(parent, child);
    else if (typeof child === "string") parent.appendChild(document.createTextNode(child));
    else if (typeof child === "number") parent.appendChild(document.createTextNode(String(child)));
    else parent.appendChild(child);
  }
}

function isList(child: Child): child is readonly Child[] {
  return Array.isArray(child);
}

/** Makes an HTML element: `h("p", { class: "lead" }, "text")`. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  appendAll(element, children);
  return element;
}

/** Makes an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(SVG, tag);
  setAttributes(element, attributes);
  appendAll(element, children);
  return element;
}

/** Replaces what stands inside `parent`. */
export function fill(parent: Element, ...children: Child[]): void {
  const fragment = document.createDocumentFragment();
  appendAll(fragment, children);
  parent.replaceChildren(fragment);
}

/** The element with this id; a page without it is a broken page, so it throws. */
export function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

/** The first match below `root`, of the given class of element, or null. */
export function find<T extends Element>(
  root: ParentNode,
  selector: string,
  kind: abstract new (...args: never[]) => T,
): T | null {
  const element = root.querySelector(selector);
  return element instanceof kind ? element : null;
}

/** Every match below `root` that is of the given class of element. */
export function findAll<T extends Element>(
  root: ParentNode,
  selector: string,
  kind: abstract new (...args: never[]) => T,
): T[] {
  return [...root.querySelectorAll(selector)].filter((e): e is T => e instanceof kind);
}

/**
 * The secret behind `#` in the page's address. It never travels in a request; it stays in the
 * address so that a reload keeps working.
 */
export function fragmentToken(): string | null {
  const text = location.hash.replace(/^#/, "");
  return /^[A-Za-z0-9_.~/-]{8,}$/.test(text) ? text : null;
}

/** Links that change the language (`a[data-lang]`) keep the fragment, which the server never sees. */
export function keepFragmentInLanguageLinks(root: ParentNode = document): void {
  for (const link of findAll(root, "a[data-lang]", HTMLAnchorElement)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const address = new URL(location.href);
      address.searchParams.set("lang", link.dataset.lang ?? "zh-CN");
      location.replace(address.href);
    });
  }
}

/** Hands a file made in the page to the person. Nothing is uploaded. */
export function saveFile(name: string, content: string | Blob, type = "application/json"): void {
  const blob = typeof content === "string" ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const link = h("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun by then in every browser; revoking at once breaks some of them.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Shows `text` in the page's polite live region, making one when there is none. */
export function announce(text: string): void {
  let region = document.getElementById("announcer");
  if (!region) {
    region = h("div", { id: "announcer", class: "visually-hidden", role: "status", "aria-live": "polite" });
    document.body.append(region);
  }
  region.textContent = text;
}
