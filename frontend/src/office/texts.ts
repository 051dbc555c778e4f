import en from "../../../locales/en/office.ftl";
import zh from "../../../locales/zh-CN/office.ftl";
import { ApiError, NetworkError } from "../lib/api.ts";
import { makeTexts, pageLanguage } from "../lib/i18n.ts";

export const t = makeTexts(pageLanguage(), { "zh-CN": zh, en });

/** What went wrong, in one or two sentences; problems are listed apart. */
export function errorText(error: unknown): string {
  if (error instanceof NetworkError) return t("office-fault-network");
  if (error instanceof ApiError) {
    if (error.status === 401) return t("office-fault-signed-out");
    return error.id === null
      ? error.message
      : t("office-fault-internal", { message: error.message, id: error.id });
  }
  return t("office-fault-other", { detail: error instanceof Error ? error.message : String(error) });
}
