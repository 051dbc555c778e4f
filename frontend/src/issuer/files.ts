/** The files an issuer may keep: slips for reprinting, and credentials for the paper station. */
import { ProtocolError } from "../lib/errors.ts";
import { asArray, asObject, asString, parseJson, stringsOf } from "../lib/json.ts";
import { readSealedFile, type SealedSecret } from "../lib/keyfile.ts";
import type { BoxSlips, SlipSet } from "./types.ts";

export const REPRINT = "slips";
export const PAPER = "paper-credentials";

/** What is sealed into the reprint file. */
export const reprintText = (set: SlipSet): string => JSON.stringify(set);

/** What the paper station needs: the credentials set aside for paper, per box. */
export const paperText = (set: SlipSet): string =>
  JSON.stringify({
    appraisal: set.appraisal,
    boxes: set.boxes.map(({ uuid, category, paper }) => ({ uuid, category, credentials: paper })),
  });

export const sealedFile = (kind: string, appraisal: string, sealed: SealedSecret): string =>
  JSON.stringify({ pingyi: kind, version: 1, appraisal, ...sealed });

/** @throws ProtocolError `bad_key_file`, `other_appraisal` */
export function readReprintFile(text: string, appraisal: string): SealedSecret {
  const { fields, sealed } = readSealedFile(text, REPRINT);
  if (fields.appraisal !== appraisal) throw new ProtocolError("other_appraisal");
  return sealed;
}

function readBox(value: unknown): BoxSlips {
  const box = asObject(value, "box");
  return {
    uuid: asString(box.uuid, "uuid"),
    category: asString(box.category, "category"),
    label: asString(box.label, "label"),
    phone: stringsOf(box.phone, "phone"),
    paper: stringsOf(box.paper, "paper"),
    spare: stringsOf(box.spare, "spare"),
    fingerprint: asString(box.fingerprint, "fingerprint"),
  };
}

/** The slips of an opened reprint file. */
export function readSlipSet(text: string): SlipSet {
  const set = asObject(parseJson(text), "slips");
  return {
    appraisal: asString(set.appraisal, "appraisal"),
    title: asString(set.title, "title"),
    rehearsal: set.rehearsal === true,
    base_url: asString(set.base_url, "base_url"),
    boxes: asArray(set.boxes, "boxes").map(readBox),
  };
}
