/** A countdown that ticks locally between two looks at the server. */

/** `412` → `6:52`, `-5` → `−0:05` (with a minus sign, not a dash). Fractions count as not yet over. */
export function clockText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const size = Math.abs(whole);
  const rest = String(size % 60).padStart(2, "0");
  return `${whole < 0 ? "−" : ""}${Math.floor(size / 60)}:${rest}`;
}

export interface Countdown {
  readonly secondsLeft: number;
  readonly running: boolean;
  /** Reading of the local clock (ms) when `secondsLeft` was true. */
  readonly at: number;
}

/** Seconds left at local time `now` (ms); below nought once the time is over. */
export const secondsLeft = (countdown: Countdown, now: number): number =>
  countdown.running ? countdown.secondsLeft - (now - countdown.at) / 1000 : countdown.secondsLeft;
