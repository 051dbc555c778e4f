/** A teller's three steps of the key ceremony, and what they must check (protocol.md §8.2, contract §4). */
import { readSigned, receive, send, type TellerKeys, tellerKeys } from "./channel.ts";
import { ProtocolError } from "./errors.ts";
import {
  add,
  decode,
  encode,
  encodeAll,
  GROUP,
  IDENTITY,
  isIdentity,
  mod,
  type Point,
  parseScalar,
  pow,
  powG,
  type Scalar,
  scalarText,
} from "./group.ts";
import { asInteger, asObject, asString, parseJson, stringsOf } from "./json.ts";
import { type Proof, provePok, type Signed, sign, signDetached, verifySigned } from "./proofs.ts";
import { type Rng, randomScalar } from "./random.ts";

export type Cert = Signed;

export interface Ceremony {
  size: number;
  threshold: number;
}

export interface CertContent {
  verification: string;
  encryption: string;
}

export interface Polynomial {
  polynomial: string;
  secrets: string[];
  coefexps: Signed;
  signature: Proof;
}

export interface Vinput {
  polynomial: string;
  secrets: string[];
  coefexps: Signed[];
  signatures: Proof[];
}

export interface TrusteeKey {
  pok: Proof;
  public_key: string;
  signature: Proof;
}

export interface Voutput {
  private_key: string;
  public_key: TrusteeKey;
}

/** Step 1. */
export function makeCert(seed: string, ceremony: Ceremony, index: number, rng: Rng): Cert {
  const keys = tellerKeys(seed);
  const { size, threshold } = ceremony;
  const message = JSON.stringify({
    context: { group: GROUP, size, threshold, index },
    verification: keys.verification,
    encryption: keys.encryption,
  });
  return sign(keys.signing, message, rng);
}

function readCert(cert: Cert, ceremony: Ceremony, index: number): CertContent {
  const place = `certificate ${index}`;
  const content = asObject(parseJson(cert.message), place);
  const context = asObject(content.context, place);
  const expected = { group: GROUP, size: ceremony.size, threshold: ceremony.threshold, index };
  if (JSON.stringify(context) !== JSON.stringify(expected)) throw new ProtocolError("cert_context", place);
  const verification = asString(content.verification, place);
  const encryption = asString(content.encryption, place);
  // A neutral key would make everything sent to it readable by anybody.
  if ([verification, encryption].some((key) => isIdentity(decode(key)))) {
    throw new ProtocolError("neutral_key", place);
  }
  if (!verifySigned(decode(verification), cert.message, cert.signature)) {
    throw new ProtocolError("cert_signature", place);
  }
  return { verification, encryption };
}

/**
 * Checks every certificate: signature, context, keys in the group and pairwise distinct.
 * @throws ProtocolError `cert_count`, `cert_context`, `cert_signature`, `cert_duplicate`, `not_a_point`
 */
export function checkCerts(certs: readonly Cert[], ceremony: Ceremony): CertContent[] {
  if (certs.length !== ceremony.size) throw new ProtocolError("cert_count");
  const contents = certs.map((cert, i) => readCert(cert, ceremony, i + 1));
  const keys = contents.flatMap((content) => [content.verification, content.encryption]);
  if (new Set(keys).size !== keys.length) throw new ProtocolError("cert_duplicate");
  return contents;
}

/** Own certificate must be the one at `index`: else somebody sits in this teller's seat. */
function ownSeat(keys: TellerKeys, contents: readonly CertContent[], index: number): CertContent {
  const own = contents[index - 1];
  if (own?.verification !== keys.verification || own.encryption !== keys.encryption) {
    throw new ProtocolError("cert_not_mine");
  }
  return own;
}

const certsMessage = (certs: readonly Cert[], coefexps: readonly string[]): string =>
  `certs_sig|${JSON.stringify({
    certs: certs.map(({ message, signature }) => ({
      message,
      signature: { challenge: signature.challenge, response: signature.response },
    })),
    coefexps,
  })}`;

/** Σ a_k j^k */
function evaluate(coefficients: readonly Scalar[], at: number): Scalar {
  return coefficients.reduceRight((total, a) => mod(total * BigInt(at) + a), 0n);
}

/** Π A_k^(j^k) */
export function evaluateInExponent(coefexps: readonly Point[], at: number): Point {
  return coefexps.reduceRight((total, a) => add(pow(total, BigInt(at)), a), IDENTITY);
}

/** Step 3, after all certificates are known. */
export function makePolynomial(
  seed: string,
  certs: readonly Cert[],
  ceremony: Ceremony,
  index: number,
  rng: Rng,
): Polynomial {
  const keys = tellerKeys(seed);
  const contents = checkCerts(certs, ceremony);
  ownSeat(keys, contents, index);
  const coefficients = Array.from({ length: ceremony.threshold }, () => randomScalar(rng));
  const coefexps = encodeAll(coefficients.map(powG));
  return {
    polynomial: send(
      keys,
      keys.encryption,
      JSON.stringify({ polynomial: coefficients.map(scalarText) }),
      rng,
    ),
    secrets: contents.map((to, j) =>
      send(keys, to.encryption, JSON.stringify({ secret: scalarText(evaluate(coefficients, j + 1)) }), rng),
    ),
    coefexps: sign(keys.signing, JSON.stringify({ coefexps }), rng),
    signature: signDetached(keys.signing, certsMessage(certs, coefexps), rng),
  };
}

/** Reads one teller's signed coefficients and checks both signatures over them. */
export function readCoefexps(
  signed: Signed,
  signature: Proof,
  certs: readonly Cert[],
  sender: CertContent,
  ceremony: Ceremony,
  index: number,
): Point[] {
  const place = `coefficients of teller ${index}`;
  const verification = decode(sender.verification);
  const texts = stringsOf(asObject(parseJson(signed.message), place).coefexps, place);
  if (texts.length !== ceremony.threshold) throw new ProtocolError("coefexps_length", place);
  if (!verifySigned(verification, signed.message, signed.signature)) {
    throw new ProtocolError("coefexps_signature", place);
  }
  // Each teller signs the certificates as they saw them: a server that shows different ones is found here.
  if (!verifySigned(verification, certsMessage(certs, texts), signature)) {
    throw new ProtocolError("certs_signature", place);
  }
  return texts.map(decode);
}

function checkOwnPolynomial(text: string, coefexps: readonly Point[]): void {
  const raw = asObject(parseJson(text), "own polynomial");
  const coefficients = stringsOf(raw.polynomial, "own polynomial").map(parseScalar);
  const same = encodeAll(coefficients.map(powG)).join() === encodeAll(coefexps).join();
  if (!same) throw new ProtocolError("polynomial_not_mine");
}

/**
 * Step 5: opens and checks what everybody sent, and answers with the public share; the private one goes encrypted to
 * the teller's own key.
 * @throws ProtocolError with the code of the check that failed; `secret_wrong` names the teller whose share is bad
 */
export function makeOutput(
  seed: string,
  certs: readonly Cert[],
  ceremony: Ceremony,
  index: number,
  vinput: Vinput,
  rng: Rng,
): Voutput {
  const keys = tellerKeys(seed);
  const contents = checkCerts(certs, ceremony);
  ownSeat(keys, contents, index);
  const { size } = ceremony;
  if (
    vinput.secrets.length !== size ||
    vinput.coefexps.length !== size ||
    vinput.signatures.length !== size
  ) {
    throw new ProtocolError("vinput_length");
  }
  let share = 0n;
  contents.forEach((sender, i) => {
    const coefexps = readCoefexps(
      readSigned(vinput.coefexps[i], "coefexps"),
      vinput.signatures[i] as Proof,
      certs,
      sender,
      ceremony,
      i + 1,
    );
    const raw = receive(keys, sender.verification, vinput.secrets[i] ?? "");
    const secret = parseScalar(asString(asObject(parseJson(raw), "secret").secret, "secret"));
    if (encode(powG(secret)) !== encode(evaluateInExponent(coefexps, index))) {
      throw new ProtocolError("secret_wrong", String(i + 1));
    }
    if (i + 1 === index) checkOwnPolynomial(receive(keys, keys.verification, vinput.polynomial), coefexps);
    share = mod(share + secret);
  });
  const publicKey = encode(powG(share));
  return {
    private_key: send(keys, keys.encryption, JSON.stringify({ decryption_key: scalarText(share) }), rng),
    public_key: {
      pok: provePok(share, publicKey, rng),
      public_key: publicKey,
      signature: signDetached(keys.signing, publicKey, rng),
    },
  };
}

/**
 * The decryption key from the encrypted copy that the server keeps.
 * @throws ProtocolError `channel_…`, `key_mismatch` where it does not belong to `publicKey`
 */
export function openDecryptionKey(seed: string, encrypted: string, publicKey: string): Scalar {
  const keys = tellerKeys(seed);
  const raw = asObject(parseJson(receive(keys, keys.verification, encrypted)), "decryption key");
  const key = parseScalar(asString(raw.decryption_key, "decryption key"));
  if (encode(powG(key)) !== publicKey) throw new ProtocolError("key_mismatch");
  return key;
}

/** For a page that shows how far the ceremony is. */
export function readVinput(value: unknown): Vinput {
  const raw = asObject(value, "vinput");
  const list = (name: string) => (Array.isArray(raw[name]) ? (raw[name] as unknown[]) : []);
  return {
    polynomial: asString(raw.polynomial, "vinput.polynomial"),
    secrets: stringsOf(raw.secrets, "vinput.secrets"),
    coefexps: list("coefexps").map((signed, i) => readSigned(signed, `vinput.coefexps[${i}]`)),
    signatures: list("signatures").map((signature, i) => {
      const proof = asObject(signature, `vinput.signatures[${i}]`);
      return {
        challenge: asString(proof.challenge, "challenge"),
        response: asString(proof.response, "response"),
      };
    }),
  };
}

/** Index that a certificate claims, for pages that resume. */
export const certIndex = (cert: Cert): number =>
  asInteger(asObject(asObject(parseJson(cert.message), "certificate").context, "context").index, "index");
