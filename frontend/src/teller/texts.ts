import en from "../../../locales/en/teller.ftl";
import zh from "../../../locales/zh-CN/teller.ftl";
import { ApiError, NetworkError } from "../lib/api.ts";
import { makeTexts, pageLanguage } from "../lib/i18n.ts";
import { WorkerError } from "../lib/rpc.ts";

export const t = makeTexts(pageLanguage(), { "zh-CN": zh, en });

/** Codes of one family get one text; the code itself is shown behind it. */
const FAMILIES: readonly (readonly [RegExp, string])[] = [
  [/^(archive|roll)_|^bad_json$/, "teller-fault-archive"],
  [/^ballot_/, "teller-fault-ballot"],
  [/^tally_/, "teller-fault-tally-differs"],
  [
    /^(certs?|coefexps|channel|secret|vinput|polynomial|trustees?)_|^other_trustees$/,
    "teller-fault-ceremony",
  ],
];

function workerText(error: WorkerError): string {
  const own = `teller-fault-${error.code.replace(/_/g, "-")}`;
  if (t.has(own)) return t(own);
  const family = FAMILIES.find(([pattern]) => pattern.test(error.code));
  return t(family ? family[1] : "teller-fault-other", { detail: error.message });
}

/** What went wrong, in the teller's words: what is wrong, and what to do. */
export function errorText(error: unknown): string {
  if (error instanceof NetworkError) return t("teller-fault-network");
  if (error instanceof ApiError) return [error.message, ...error.problems.map((p) => p.message)].join(" ");
  if (error instanceof WorkerError) return workerText(error);
  return t("teller-fault-other", { detail: error instanceof Error ? error.message : String(error) });
}
