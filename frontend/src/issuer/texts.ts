import en from "../../../locales/en/issuer.ftl";
import zh from "../../../locales/zh-CN/issuer.ftl";
import { ApiError, NetworkError } from "../lib/api.ts";
import { ProtocolError } from "../lib/errors.ts";
import { makeTexts, pageLanguage } from "../lib/i18n.ts";
import { WorkerError } from "../lib/rpc.ts";

export const t = makeTexts(pageLanguage(), { "zh-CN": zh, en });

export function errorText(error: unknown): string {
  if (error instanceof NetworkError) return t("issuer-fault-network");
  if (error instanceof ApiError) {
    if (error.status === 401) return t("issuer-fault-link");
    return [error.message, ...error.problems.map((p) => p.message)].join(" ");
  }
  if (error instanceof WorkerError || error instanceof ProtocolError) {
    const id = `issuer-fault-${error.code.replace(/_/g, "-")}`;
    if (t.has(id)) return t(id);
  }
  return t("issuer-fault-other", { detail: error instanceof Error ? error.message : String(error) });
}
