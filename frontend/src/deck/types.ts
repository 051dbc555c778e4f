/** The slides of a duty report as the server sends them: to the hall, and to the page that arranges them. */

export interface DeckFigure {
  readonly label: string;
  readonly value: string;
  readonly measure: string;
  readonly before: string;
}

export interface DeckSeries {
  readonly name: string;
  /** Whole thousandths; null where there is nothing. */
  readonly thousandths: readonly (number | null)[];
}

export interface DeckChart {
  readonly form: "columns" | "lines";
  readonly labels: readonly string[];
  readonly series: readonly DeckSeries[];
  readonly measure: string;
}

export interface DeckPhoto {
  readonly caption: string;
  readonly picture: { readonly sha256: string; readonly width: number; readonly height: number };
}

interface Common {
  /** Kind of the slide in the presenter's arrangement. */
  readonly of: string;
  readonly title: string;
  /** Points of type on a slide 960 wide; 0 where the kind has its own. */
  readonly size: number;
  /** Widths of a table's columns in thousandths. */
  readonly widths: readonly number[];
}

export type DeckSlide = Common &
  (
    | { readonly kind: "figures"; readonly figures: readonly DeckFigure[] }
    | { readonly kind: "chart"; readonly chart: DeckChart; readonly note: string }
    | {
        readonly kind: "table";
        readonly columns: readonly string[];
        readonly rows: readonly (readonly string[])[];
      }
    | { readonly kind: "points"; readonly points: readonly string[] }
    | { readonly kind: "photos"; readonly photos: readonly DeckPhoto[] }
  );

export interface Deck {
  readonly title: string;
  readonly presenter: string;
  readonly dated: string;
  /** Words of the slides that are not theirs alone: slides speak the office's language, whoever looks. */
  readonly words: {
    readonly dated: string;
    readonly before: string;
    readonly measure: string;
    readonly mark: string;
  };
  readonly slides: readonly DeckSlide[];
}

/** Where a photo's picture is. */
export type PhotoSource = (sha256: string) => Promise<string>;
