/** An election as sealed: the exact bytes and what stands in them (protocol.md §4, contract §2.1). */
import { isUuid } from "./credential.ts";
import { ProtocolError } from "./errors.ts";
import { decode, GROUP, type Point } from "./group.ts";
import { sha256B64 } from "./hash.ts";
import { asArray, asInteger, asObject, asString, type JsonObject, parseJson, stringsOf } from "./json.ts";

export interface Question {
  answers: string[];
  question: string;
}

/** What the appraisal binds beside the questions (`x_pingyi`). */
export interface Binding {
  appraisal: string;
  category: string;
  presenters: string[];
  items: string[];
  grades: string[];
  scheme: string;
  minimum: number;
  rehearsal: boolean;
  tellers: { threshold: number; size: number };
  /** SHA-256 of the text of last year's lists; null where there are none. */
  lastYear: string | null;
}

export interface Election {
  /** The exact text that the fingerprint covers. */
  json: string;
  /** φ */
  fingerprint: string;
  uuid: string;
  name: string;
  description: string;
  publicKey: string;
  key: Point;
  questions: Question[];
  /** Null in an election that Pingyi did not make. */
  binding: Binding | null;
}

function readQuestion(value: unknown, place: string): Question {
  const question = asObject(value, place);
  const answers = stringsOf(question.answers, `${place}.answers`);
  if (question.blank === true || question.min !== 1 || question.max !== 1 || answers.length < 2) {
    throw new ProtocolError("unsupported_question", place);
  }
  return { answers, question: asString(question.question, `${place}.question`) };
}

function readBinding(value: unknown): Binding {
  const x: JsonObject = asObject(value, "x_pingyi");
  const tellers = asObject(x.tellers, "x_pingyi.tellers");
  return {
    appraisal: asString(x.appraisal, "x_pingyi.appraisal"),
    category: asString(x.category, "x_pingyi.category"),
    presenters: stringsOf(x.presenters, "x_pingyi.presenters"),
    items: stringsOf(x.items, "x_pingyi.items"),
    grades: stringsOf(x.grades, "x_pingyi.grades"),
    scheme: asString(x.scheme, "x_pingyi.scheme"),
    minimum: asInteger(x.minimum, "x_pingyi.minimum"),
    rehearsal: x.rehearsal === true,
    tellers: {
      threshold: asInteger(tellers.threshold, "x_pingyi.tellers.threshold"),
      size: asInteger(tellers.size, "x_pingyi.tellers.size"),
    },
    lastYear: x.last_year === undefined ? null : asString(x.last_year, "x_pingyi.last_year"),
  };
}

/**
 * Reads an election of our kind: version 1, Ed25519, every question one-of-n.
 * @throws ProtocolError `bad_json`, `unsupported_election`, `unsupported_question`, `not_a_point`
 */
export function parseElection(json: string): Election {
  const root = asObject(parseJson(json), "election");
  if (root.version !== 1 || root.group !== GROUP) throw new ProtocolError("unsupported_election");
  const uuid = asString(root.uuid, "uuid");
  if (!isUuid(uuid)) throw new ProtocolError("unsupported_election", "uuid");
  const publicKey = asString(root.public_key, "public_key");
  const questions = asArray(root.questions, "questions").map((q, i) => readQuestion(q, `questions[${i}]`));
  if (questions.length === 0) throw new ProtocolError("unsupported_election", "no questions");
  const binding = root.x_pingyi === undefined ? null : readBinding(root.x_pingyi);
  if (binding !== null && questions.length !== binding.presenters.length * binding.items.length) {
    throw new ProtocolError("unsupported_election", "questions and presenters do not match");
  }
  return {
    json,
    fingerprint: sha256B64(json),
    uuid,
    name: asString(root.name, "name"),
    description: asString(root.description, "description"),
    publicKey,
    key: decode(publicKey),
    questions,
    binding,
  };
}
