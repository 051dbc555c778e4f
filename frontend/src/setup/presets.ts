/** The forms of domain.md §7, ready to take; the same as `pingyi_domain::config::FormPreset`. Data in the forms' own language. */
import { type Draft, freshId, type Row } from "./model.ts";

type GradeRow = readonly [code: string, label: string, value: string | null];
type ItemRow = readonly [code: string, label: string, weight: string];

const GOOD: readonly GradeRow[] = [
  ["good", "好", "100"],
  ["fair", "较好", "80"],
  ["average", "一般", "60"],
  ["poor", "差", "40"],
];
const COMPETENT: readonly GradeRow[] = [
  ["excellent", "优秀", "100"],
  ["competent", "称职", "80"],
  ["basic", "基本称职", "60"],
  ["incompetent", "不称职", "40"],
];
const QUALIFIED: readonly GradeRow[] = [
  ["excellent", "优秀", "100"],
  ["qualified", "合格", "80"],
  ["basic", "基本合格", "60"],
  ["unqualified", "不合格", "40"],
];
const SATISFIED: readonly GradeRow[] = [
  ["satisfied", "满意", "100"],
  ["basic", "基本满意", "80"],
  ["dissatisfied", "不满意", "40"],
  ["unknown", "不了解", null],
];
const OVERALL: readonly ItemRow[] = [["overall", "总体评价", "1"]];
const SIX: readonly ItemRow[] = [
  ["overall", "总体评价", "1"],
  ["knowledge", "对抓基层党建工作的认识熟悉程度", "1"],
  ["duty", "履行抓基层党建工作责任情况", "1"],
  ["tasks", "推动重点任务落实情况及成效", "1"],
  ["problems", "查摆抓基层党建工作中存在问题", "1"],
  ["next_steps", "下一步抓好基层党建工作的思路措施", "1"],
];
const VIRTUES: readonly ItemRow[] = [
  ["virtue", "德", "20"],
  ["ability", "能", "15"],
  ["diligence", "勤", "15"],
  ["results", "绩", "30"],
  ["honesty", "廉", "20"],
];

export interface Preset {
  readonly name: string;
  readonly items: readonly ItemRow[];
  readonly grades: readonly GradeRow[];
}

export const PRESETS: readonly Preset[] = [
  { name: "six-items", items: SIX, grades: GOOD },
  { name: "overall", items: OVERALL, grades: GOOD },
  { name: "competent", items: OVERALL, grades: COMPETENT },
  { name: "qualified", items: OVERALL, grades: QUALIFIED },
  { name: "satisfied", items: OVERALL, grades: SATISFIED },
  { name: "five-virtues", items: VIRTUES, grades: COMPETENT },
];

/** The draft with the rows and grades of a preset; everything else stays. */
export function withPreset(draft: Draft, preset: Preset): Draft {
  const items: Row[] = preset.items.map(([code, label, weight]) => ({ id: freshId(), code, label, weight }));
  const grades: Row[] = preset.grades.map(([code, label, value]) => ({
    id: freshId(),
    code,
    label,
    value: value ?? "",
    abstain: value === null,
  }));
  return { fields: draft.fields, lists: { ...draft.lists, "form.items": items, "form.grades": grades } };
}
