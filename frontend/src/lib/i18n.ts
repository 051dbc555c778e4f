import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";

/** Languages of the interface; the first is the one everything falls back to. */
export const LANGUAGES = ["zh-CN", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** The texts of an area in every language: the content of `locales/<language>/<area>.ftl`. */
export type Catalogue = Readonly<Record<Language, string>>;

export type Arguments = Record<string, FluentVariable>;

/** Looks texts up. A text missing in one language falls back to Chinese, then to its id. */
export interface Texts {
  readonly language: Language;
  (id: string, args?: Arguments): string;
  /** True when the text exists (in this language or the fallback). */
  has(id: string): boolean;
}

/** The language the server chose for this page (`<html lang>`). */
export function pageLanguage(): Language {
  // In a worker, or in a test, there is no page.
  const stated = typeof document === "undefined" ? "" : document.documentElement.lang.toLowerCase();
  return stated.startsWith("en") ? "en" : "zh-CN";
}

function bundle(language: Language, catalogues: readonly Catalogue[]): FluentBundle {
  // No isolation marks: they show up as boxes in old in-app browsers and in printed slips.
  const made = new FluentBundle(language, { useIsolating: false });
  for (const catalogue of catalogues) {
    made.addResource(new FluentResource(catalogue[language]), { allowOverrides: true });
  }
  return made;
}

/** Makes the lookup for `language` from one or more catalogues; later ones win. */
export function makeTexts(language: Language, ...catalogues: Catalogue[]): Texts {
  const chain = [bundle(language, catalogues)];
  if (language !== LANGUAGES[0]) chain.push(bundle(LANGUAGES[0], catalogues));

  const lookup = (id: string, args?: Arguments): string => {
    for (const candidate of chain) {
      const pattern = candidate.getMessage(id)?.value;
      if (pattern) {
        // Errors (a missing argument) leave a visible mark in the text instead of throwing.
        const errors: Error[] = [];
        return candidate.formatPattern(pattern, args ?? null, errors);
      }
    }
    return id;
  };
  return Object.assign(lookup, {
    language,
    has: (id: string) => chain.some((b) => b.hasMessage(id)),
  });
}

/** A whole number the way the language writes it. */
export function formatNumber(language: Language, value: number): string {
  return new Intl.NumberFormat(language).format(value);
}
