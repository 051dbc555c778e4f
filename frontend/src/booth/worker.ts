/** The booth's worker: sealing takes a second, and the page must not stand still meanwhile. */
import { finish } from "../lib/ballot.ts";
import { type Progress, serve } from "../lib/rpc.ts";
import {
  challengeText,
  type OpinionOrder,
  type SealOrder,
  type SignOrder,
  sealOpinions,
  sealSteps,
  signSealed,
} from "./engine.ts";

const service = {
  /** Answered as soon as the script runs. */
  ping: (_: null) => true,
  seal: (order: SealOrder, progress: Progress) => finish(sealSteps(order), progress),
  sign: (order: SignOrder) => signSealed(order),
  challenge: (order: Parameters<typeof challengeText>[0]) => challengeText(order),
  opinions: (order: OpinionOrder) => sealOpinions(order),
};

export type BoothService = typeof service;

serve(service);
