/** Which of the five fixed colours a grade has (docs/design-system.md; the same rule is in `pingyi_web::charts`). */
export type GradeTone = "1" | "2" | "3" | "4" | "x";

/** Tones of grades in their order on the form, best first. */
export function gradeTones(abstains: readonly boolean[]): GradeTone[] {
  const marking = abstains.filter((abstain) => !abstain).length;
  let seen = 0;
  return abstains.map((abstain) => {
    if (abstain) return "x";
    seen += 1;
    return toneOf(seen, marking);
  });
}

function toneOf(place: number, marking: number): GradeTone {
  if (place === 1) return "1";
  if (place === marking) return "4";
  if (place === 2) return "2";
  return "3";
}
