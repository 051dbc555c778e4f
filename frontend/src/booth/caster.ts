/** From marks to the board: prepare, open for a check or sign, send until the board answers. */
import type { Credential } from "../lib/credential.ts";
import { systemRng } from "../lib/random.ts";
import type { Sealed } from "./engine.ts";
import { choicesOf, type Form } from "./form.ts";
import { postBallot } from "./posting.ts";
import type { Sealer } from "./sealer.ts";
import type { Server } from "./server.ts";
import type { Store } from "./store.ts";
import type { Pending, Receipt } from "./types.ts";

/** A ballot that is ready: what a challenge would reveal is in memory and nowhere else. */
export interface Ready {
  seed: Uint8Array;
  choices: number[];
  sealed: Sealed;
  /** The challenge file, once opened; then the ballot can no longer be cast. */
  opened: string | null;
}

export type Step =
  | { name: "idle" }
  | { name: "preparing" }
  | { name: "ready"; ready: Ready }
  | { name: "problem"; code: string };

export type Ended =
  | { kind: "cast"; receipt: Receipt }
  | { kind: "closed" }
  | { kind: "wrong_slip" }
  | { kind: "refused" };

export interface CasterHooks {
  /** Another step was reached. */
  changed(): void;
  progress(share: number): void;
  sending(state: "sending" | "retry" | "paused"): void;
  ended(how: Ended): void;
}

const codeOf = (error: unknown): string => (error instanceof Error ? error.message : "internal");

export class Caster {
  step: Step = { name: "idle" };
  private posting = false;
  private wake: (() => void) | null = null;

  constructor(
    private readonly sealer: Sealer,
    private readonly server: Server,
    private readonly store: Store,
    private readonly uuid: string,
    private readonly hooks: CasterHooks,
  ) {}

  private enter(step: Step): void {
    this.step = step;
    this.hooks.changed();
  }

  /** Throws away what was ready; the marks stay. */
  reset(): void {
    this.step = { name: "idle" };
  }

  async prepare(form: Form, credential: Credential): Promise<void> {
    if (this.step.name === "preparing") return;
    this.enter({ name: "preparing" });
    try {
      const choices = choicesOf(form, this.store.saved.marks);
      const seed = systemRng(32);
      const order = { election: form.election.json, credential, choices, seed };
      const sealed = await this.sealer.seal(order, (share) => this.hooks.progress(share));
      this.enter({ name: "ready", ready: { seed, choices, sealed, opened: null } });
    } catch (error) {
      this.enter({ name: "problem", code: codeOf(error) });
    }
  }

  async challenge(form: Form, ready: Ready): Promise<void> {
    // Marked first: between here and the file nothing may sign this ballot.
    ready.opened = "";
    ready.opened = await this.sealer.challenge({ election: form.election.json, sealed: ready.sealed });
    this.enter({ name: "ready", ready });
  }

  /** Signs and keeps the ballot; from here on a reload goes on sending. */
  async sign(form: Form, credential: Credential, ready: Ready): Promise<void> {
    if (this.step.name !== "ready" || this.step.ready !== ready || ready.opened !== null) return;
    this.enter({ name: "preparing" });
    try {
      const signed = await this.sealer.sign({ uuid: this.uuid, credential, sealed: ready.sealed });
      this.store.update({ pending: { ...signed, opinions: await this.bundle(form) } });
      this.enter({ name: "idle" });
    } catch (error) {
      this.enter({ name: "problem", code: codeOf(error) });
    }
  }

  /** One entry per presenter, written or not: that a bundle exists says nothing. */
  private async bundle(form: Form): Promise<Pending["opinions"]> {
    if (form.opinions === null) return null;
    const { opinions } = this.store.saved;
    const texts = form.presenters.map(({ code }) => ({
      presenter: code,
      text: (opinions[code] ?? "").trim(),
    }));
    const order = { election: form.election.json, context: form.opinions.context, texts };
    return { appraisal: form.appraisal, entries: await this.sealer.opinions(order) };
  }

  /** Sends what is pending, once at a time. */
  async post(): Promise<void> {
    const { pending } = this.store.saved;
    if (pending === null || this.posting) return;
    this.posting = true;
    const hooks = { state: this.hooks.sending, resumed: () => this.untilOpen() };
    try {
      const outcome = await postBallot(this.server, this.uuid, pending, hooks, new AbortController().signal);
      if (outcome.kind === "cast")
        this.acknowledged(pending, { uuid: this.uuid, ...outcome.acknowledgement });
      else {
        this.store.update({ pending: null });
        if (outcome.kind === "refused") this.step = { name: "problem", code: outcome.code };
        this.hooks.ended(outcome.kind === "refused" ? { kind: "refused" } : outcome);
      }
    } catch (error) {
      this.store.update({ pending: null });
      this.step = { name: "problem", code: codeOf(error) };
      this.hooks.ended({ kind: "refused" });
    } finally {
      this.posting = false;
    }
  }

  /** The board has it: the marks leave this phone, the receipt stays. */
  private acknowledged(pending: Pending, receipt: Receipt): void {
    this.store.update({
      pending: null,
      receipt,
      marks: {},
      opinions: {},
      at: null,
      unsent: pending.opinions,
    });
    this.step = { name: "idle" };
    this.hooks.ended({ kind: "cast", receipt });
  }

  /** The pause is over, as far as the live events know. */
  resume(): void {
    this.wake?.();
  }

  /** Waits for the end of a pause; looks again every few seconds in case the live events are down. */
  private untilOpen(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 5000);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
