import en from "../../../locales/en/setup.ftl";
import zh from "../../../locales/zh-CN/setup.ftl";
import { ApiError, NetworkError } from "../lib/api.ts";
import { makeTexts, pageLanguage } from "../lib/i18n.ts";
import type { ConfigProblem } from "./problems.ts";

export const t = makeTexts(pageLanguage(), { "zh-CN": zh, en });

export function errorText(error: unknown): string {
  if (error instanceof NetworkError) return t("setup-fault-network");
  if (error instanceof ApiError) {
    if (error.status === 401) return t("setup-fault-signed-out");
    return error.message;
  }
  return t("setup-fault-other", { detail: error instanceof Error ? error.message : String(error) });
}

/** Which rule is broken, in words. */
export function problemText(problem: ConfigProblem): string {
  const id = `setup-problem-${problem.code.replace(/_/g, "-")}`;
  if (t.has(id)) return t(id, { ...problem.args });
  return problem.message ?? problem.code;
}

/** Where it is, in words: `述职人第 2 行“单位”`, or the name of the field. */
export function placeText(path: string): string {
  const match = /^([a-z_.]+)(?:\[(\d+)\])?(?:\.([a-z_]+))?$/.exec(path);
  const list = match?.[1] ?? path;
  const id = `setup-place-${list.replace(/[._]/g, "-")}`;
  const name = t.has(id) ? t(id) : list;
  if (match?.[2] === undefined) return name;
  const place = { list: name, row: Number(match[2]) + 1 };
  const column = `setup-col-${match[3]}`;
  return match[3] !== undefined && t.has(column)
    ? t("setup-place-cell", { ...place, column: t(column) })
    : t("setup-place-row", place);
}
