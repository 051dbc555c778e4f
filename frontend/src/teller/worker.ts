/** The teller's arithmetic, away from the page. */

import { tellerKeys } from "../lib/channel.ts";
import { correctTyped, newSeed } from "../lib/credential.ts";
import { makeCert, makeOutput, makePolynomial, openDecryptionKey, readVinput } from "../lib/dkg.ts";
import { ProtocolError } from "../lib/errors.ts";
import { sha256Hex } from "../lib/hash.ts";
import { asObject, parseJson } from "../lib/json.ts";
import { openSecret, sealSecret, type TellerKeyFile } from "../lib/keyfile.ts";
import { urnShareSteps } from "../lib/opinion.ts";
import { systemRng } from "../lib/random.ts";
import { type Progress, serve } from "../lib/rpc.ts";
import { type Checked, prepareBox, run, trusteesOf, verifyOne } from "./checks.ts";
import type { TellerService } from "./service.ts";

/** A whole seed is 22 characters; it is stored and typed without the dashes of the printed page. */
const RAW = /^[1-9A-HJ-NP-Za-km-z]{22}$/;

function seal(
  of: { seed: string; passphrase: string; appraisal: string; index: number },
  progress: Progress,
): TellerKeyFile {
  const sealed = sealSecret(of.seed, of.passphrase, systemRng, progress);
  return { pingyi: "teller-key", version: 1, appraisal: of.appraisal, index: of.index, ...sealed };
}

/** The box that is being opened. */
let checked: { uuid: string; box: Checked } | null = null;

const service: TellerService = {
  newKey(of, progress) {
    const seed = newSeed(systemRng);
    return { seed, file: seal({ seed, ...of }, progress) };
  },
  keep: seal,
  unlock({ file, passphrase }, progress) {
    const seed = openSecret(file, passphrase, progress);
    if (!RAW.test(seed)) throw new ProtocolError("bad_key_file", "content");
    return seed;
  },
  readBackup(text) {
    const read = correctTyped(text);
    if (read.credential === null) throw new ProtocolError("bad_backup");
    return read.credential.replace(/-/g, "");
  },
  cert: ({ seat, seed }) => makeCert(seed, seat, seat.index, systemRng),
  checkSeat({ seed, cert }) {
    const content = asObject(parseJson(cert.message), "certificate");
    const keys = tellerKeys(seed);
    if (content.verification !== keys.verification || content.encryption !== keys.encryption) {
      throw new ProtocolError("wrong_seat");
    }
    return true;
  },
  polynomial: ({ seat, seed, certs }) => makePolynomial(seed, certs, seat, seat.index, systemRng),
  output: ({ seat, seed, certs, vinput }) =>
    makeOutput(seed, certs, seat, seat.index, readVinput(vinput), systemRng),
  summary({ seat, trustees }) {
    const { publicKey } = trusteesOf(trustees, seat);
    const digits = sha256Hex(publicKey).slice(0, 16).toUpperCase();
    return { words: (digits.match(/.{4}/g) ?? []).join(" ") };
  },
  prepareBox(of, progress) {
    checked = null;
    const box = prepareBox(of, progress);
    checked = { uuid: of.uuid, box };
    return box.prepared;
  },
  verifyBallot: verifyOne,
  shareBox({ uuid }, progress) {
    if (checked?.uuid !== uuid) throw new ProtocolError("not_prepared", uuid);
    const { box } = checked;
    checked = null;
    return box.share(systemRng, progress);
  },
  openUrn({ seat, seed, trustees, decryptionKey, content }, progress) {
    const owner = seat.index;
    const publicKey = trusteesOf(trustees, seat).shares[owner - 1] ?? "";
    const secret = openDecryptionKey(seed, decryptionKey, publicKey);
    const { context, entries } = content;
    const steps = urnShareSteps({ context, entries, owner, publicKey }, secret, systemRng);
    const share = run(steps, (done) => progress(done / entries.length));
    return { ...share, hash: sha256Hex(entries.join("\n")) };
  },
};

serve(service);
