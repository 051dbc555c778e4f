/** The sealed key of a seat in this browser. Only the sealed form is ever stored. */
import { readTellerKeyFile, type TellerKeyFile } from "../lib/keyfile.ts";

const name = (appraisal: string, index: number): string => `pingyi.teller.${appraisal}.${index}`;

/** Null when there is none, when it cannot be read, or when the browser keeps nothing (private mode). */
export function storedKey(appraisal: string, index: number): TellerKeyFile | null {
  try {
    const text = localStorage.getItem(name(appraisal, index));
    return text === null ? null : readTellerKeyFile(text);
  } catch {
    return null;
  }
}

/** False when the browser refused; the file and the printed page are then all there is. */
export function storeKey(file: TellerKeyFile): boolean {
  try {
    localStorage.setItem(name(file.appraisal, file.index), JSON.stringify(file));
    return true;
  } catch {
    return false;
  }
}

/** Whether the teller has said that the key is kept outside this phone too. */
export function isBackedUp(appraisal: string, index: number): boolean {
  try {
    return localStorage.getItem(`${name(appraisal, index)}.kept`) === "yes";
  } catch {
    return false;
  }
}

export function setBackedUp(appraisal: string, index: number): void {
  try {
    localStorage.setItem(`${name(appraisal, index)}.kept`, "yes");
  } catch {
    // A private window keeps nothing; the question is then asked again after a reload.
  }
}

/**
 * Notes that this seat opens the tally `hash` of `what` (a box, the urn). False when another one was opened
 * here before: two tallies that differ by one ballot would give that ballot away.
 */
export function claimOpening(appraisal: string, index: number, what: string, hash: string): boolean {
  const key = `${name(appraisal, index)}.opened.${what}`;
  try {
    const before = localStorage.getItem(key);
    if (before === null) localStorage.setItem(key, hash);
    return before === null || before === hash;
  } catch {
    return true;
  }
}
