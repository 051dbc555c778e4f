import en from "../../../locales/en/paste.ftl";
import zh from "../../../locales/zh-CN/paste.ftl";
import { ApiError, NetworkError } from "../lib/api.ts";
import { makeTexts, pageLanguage } from "../lib/i18n.ts";

export const t = makeTexts(pageLanguage(), { "zh-CN": zh, en });

export function errorText(error: unknown): string {
  if (error instanceof NetworkError) return t("paste-fault-network");
  if (error instanceof ApiError) return error.message;
  return t("paste-fault-other", { detail: error instanceof Error ? error.message : String(error) });
}
