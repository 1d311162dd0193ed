/** True minus sign: as wide as the plus in tabular digits, and read out as "minus". */
const MINUS = '\u2212';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** 8702 → "8,702". */
export function formatCount(count: number): string {
  return count < 0 ? MINUS + whole.format(-count) : whole.format(count);
}

/** A difference with its sign: "+7,499", "−12", "0". */
export function formatSigned(difference: number): string {
  return difference > 0 ? `+${whole.format(difference)}` : formatCount(difference);
}

/** "1 goroutine", "8,702 goroutines". `plural` is given where an s is not enough. */
export function formatNumberOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${Math.abs(count) === 1 ? singular : plural}`;
}

/** Share of a whole: "97.7 %", "<0.1 %", ">99.9 %"; never rounds a part to nothing or to all. Empty when the whole is 0. */
export function formatShare(part: number, all: number): string {
  if (all === 0) return '';
  const percent = (100 * part) / all;
  if (percent > 0 && percent < 0.1) return '<0.1 %';
  if (percent > 99.9 && percent < 100) return '>99.9 %';
  return percent === 0 || percent === 100 ? `${percent} %` : `${percent.toFixed(1)} %`;
}

/** Whole minutes as people say them: "6 min", "1 h 5 min", "2 d 3 h". */
export function formatMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor(hours / 24);
  return hours % 24 === 0 ? `${formatCount(days)} d` : `${formatCount(days)} d ${hours % 24} h`;
}

/** A stretch of time as people say it: "40 s", "14 min", "1 h 5 min", "2 d 3 h". */
export function formatDuration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  return seconds < 90 ? `${seconds} s` : formatMinutes(Math.round(seconds / 60));
}
