import en from "../../../locales/en/booth.ftl";
import zh from "../../../locales/zh-CN/booth.ftl";
import { type Language, makeTexts, pageLanguage, type Texts } from "../lib/i18n.ts";

const KEY = "pingyi.language";
const catalogue = { "zh-CN": zh, en };

/** Texts of booth, receipt check and phone check. A choice made on this phone wins over the server's. */
export function boothTexts(): Texts {
  let chosen: string | null = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch {
    // Storage is forbidden: the server's language it is.
  }
  const stated = new URLSearchParams(location.search).get("lang");
  const language = [stated, chosen].find((name) => name === "en" || name === "zh-CN") as Language | undefined;
  return useLanguage(language ?? pageLanguage());
}

function useLanguage(language: Language): Texts {
  document.documentElement.lang = language;
  return makeTexts(language, catalogue);
}

/** Switches in place: nothing is loaded, nothing is lost. */
export function switchLanguage(from: Language): Texts {
  const language: Language = from === "en" ? "zh-CN" : "en";
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Holds for this page then.
  }
  // The server's own pages and messages follow.
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in in-app browsers
  document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=lax`;
  return useLanguage(language);
}
