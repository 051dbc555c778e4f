/** Corners as text and back, and places on the picture. Pure, so that it can be tested; whole millionths of a degree. */

export interface Place {
  readonly lon: number;
  readonly lat: number;
}

/** What the picture shows of the earth; the server's `Frame`. */
export interface Frame {
  readonly west: number;
  readonly north: number;
  /** Billionths. */
  readonly narrowing: number;
  readonly span: number;
}

const WIDTH = 10_000;

const degrees = (micro: number): string => {
  const sign = micro < 0 ? "-" : "";
  const all = Math.abs(micro);
  return `${sign}${Math.floor(all / 1e6)}.${String(all % 1e6).padStart(6, "0")}`;
};

export const writePlaces = (places: readonly Place[]): string =>
  places.map((place) => `${degrees(place.lon)},${degrees(place.lat)}`).join("\n");

/** The corners a text names; null where it names something else (GeoJSON is the server's to read). */
export function readPlaces(text: string): Place[] | null {
  const places: Place[] = [];
  for (const part of text.trim().split(/\s+/).filter(Boolean)) {
    const match = /^(-?\d{1,3}(?:\.\d+)?),(-?\d{1,2}(?:\.\d+)?)$/.exec(part);
    if (!match) return null;
    places.push({ lon: Math.round(Number(match[1]) * 1e6), lat: Math.round(Number(match[2]) * 1e6) });
  }
  return places;
}

/** From the left and from above, in the picture's units, to a place. */
export const placeAt = (frame: Frame, x: number, y: number): Place => ({
  lon: frame.west + Math.round((((x * frame.span) / WIDTH) * 1e9) / frame.narrowing),
  lat: frame.north - Math.round((y * frame.span) / WIDTH),
});

export const onPicture = (frame: Frame, place: Place): { readonly x: number; readonly y: number } => ({
  x: Math.round(((((place.lon - frame.west) * frame.narrowing) / 1e9) * WIDTH) / frame.span),
  y: Math.round(((frame.north - place.lat) * WIDTH) / frame.span),
});
