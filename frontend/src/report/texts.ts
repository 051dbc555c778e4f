import en from "../../../locales/en/report.ftl";
import zh from "../../../locales/zh-CN/report.ftl";
import { ApiError } from "../lib/api.ts";
import { makeTexts, pageLanguage } from "../lib/i18n.ts";

export const t = makeTexts(pageLanguage(), { "zh-CN": zh, en });

/** Why the server did not take it, in words. */
export function errorText(error: unknown): string {
  if (error instanceof ApiError) {
    if (error.status === 401) return t("report-signed-out");
    return [error.message, ...error.problems.map((problem) => problem.message)].join(" ");
  }
  return error instanceof Error ? error.message : String(error);
}
