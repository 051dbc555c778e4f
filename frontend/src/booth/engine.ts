/** The arithmetic of the booth, the same in the worker and, where workers are missing, in the page. */
import { encryptSteps, signBallot, tracker } from "../lib/ballot.ts";
import { makeChallenge } from "../lib/challenge.ts";
import { type Credential, credentialSecret, publicCredential } from "../lib/credential.ts";
import { parseElection } from "../lib/election.ts";
import { sealBundle } from "../lib/opinion.ts";
import { systemRng } from "../lib/random.ts";

export interface SealOrder {
  election: string;
  credential: Credential;
  choices: number[];
  seed: Uint8Array;
}

/** A ballot that is ready and neither signed nor sent. */
export interface Sealed {
  unsigned: string;
  hash: string;
  randomness: string[][];
  publicCredential: string;
}

export interface SignOrder {
  uuid: string;
  credential: Credential;
  sealed: Sealed;
}

export interface OpinionOrder {
  election: string;
  context: string;
  texts: { presenter: string; text: string }[];
}

export function* sealSteps(order: SealOrder): Generator<number, Sealed> {
  const election = parseElection(order.election);
  const own = publicCredential(election.uuid, order.credential);
  const steps = encryptSteps(election, own, order.choices, order.seed);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return { ...step.value, publicCredential: own };
    yield step.value / election.questions.length;
  }
}

export function signSealed(order: SignOrder): { ballot: string; tracker: string } {
  const ballot = signBallot(order.sealed, credentialSecret(order.uuid, order.credential), systemRng);
  return { ballot, tracker: tracker(ballot) };
}

export function challengeText(order: { election: string; sealed: Sealed }): string {
  const { sealed } = order;
  return JSON.stringify(makeChallenge(parseElection(order.election), sealed, sealed.publicCredential));
}

export function sealOpinions(order: OpinionOrder): string[] {
  return sealBundle(parseElection(order.election).key, order.context, order.texts, systemRng);
}
