/** The issuer's arithmetic, away from the page. */
import { openSecret, sealSecret } from "../lib/keyfile.ts";
import { systemRng } from "../lib/random.ts";
import { serve } from "../lib/rpc.ts";
import { makeBox } from "./make.ts";
import type { IssuerService } from "./service.ts";

const service: IssuerService = {
  make: (of, progress) => makeBox(of.uuid, of.counts, systemRng, progress),
  seal: (of, progress) => sealSecret(of.text, of.passphrase, systemRng, progress),
  open: (of, progress) => openSecret(of.sealed, of.passphrase, progress),
};

serve(service);
