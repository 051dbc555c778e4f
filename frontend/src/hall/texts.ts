import en from "../../../locales/en/hall.ftl";
import zh from "../../../locales/zh-CN/hall.ftl";
import { makeTexts, pageLanguage } from "../lib/i18n.ts";

export const t = makeTexts(pageLanguage(), { "zh-CN": zh, en });
