/** How times, money and counts are written: absolute first, relative beside it, 24-hour clock, en-GB order. */

const LOCALE = "en-GB";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "short", day: "numeric", month: "short" });
const dayOfMonth = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const fullDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });

/** "14:03" */
export function clockTime(iso: string): string {
  return clock.format(new Date(iso));
}

/** "Mon 17 Nov", with the year when it is not this one. */
export function day(iso: string, now = Date.now()): string {
  const at = localDate(iso);
  const sameYear = at.getFullYear() === new Date(now).getFullYear();
  return (sameYear ? weekday : fullDay).format(at).replace(",", "");
}

/** "9 Nov", for a line that has little room. */
export function shortDay(iso: string): string {
  return dayOfMonth.format(localDate(iso));
}

/** "14:03" today, "Yesterday 14:03", "Tomorrow 09:00", otherwise "Mon 17 Nov 14:03". */
export function moment(iso: string, now = Date.now()): string {
  const days = daysBetween(now, Date.parse(iso));
  if (days === 0) return clockTime(iso);
  if (days === -1) return `Yesterday ${clockTime(iso)}`;
  if (days === 1) return `Tomorrow ${clockTime(iso)}`;
  return `${day(iso, now)} ${clockTime(iso)}`;
}

/** A moment within a sentence: "goes out tomorrow 09:00". */
export function momentWithin(iso: string, now = Date.now()): string {
  return moment(iso, now).replace(/^(Yesterday|Tomorrow)/, (word) => word.toLowerCase());
}

/** "14:03" today, otherwise "17 Nov": since when something waits, in little room. */
export function since(iso: string, now = Date.now()): string {
  return daysBetween(now, Date.parse(iso)) === 0 ? clockTime(iso) : shortDay(iso);
}

/** "just now", "4 min ago", "3 h ago", "in 2 h", "in 9 days". */
export function relative(iso: string, now = Date.now()): string {
  const difference = localDate(iso).getTime() - now;
  const size = Math.abs(difference);
  if (size < MINUTE) return difference < 0 ? "just now" : "in a moment";
  const words =
    size < HOUR
      ? `${Math.floor(size / MINUTE)} min`
      : size < DAY
        ? `${Math.floor(size / HOUR)} h`
        : plural(Math.round(size / DAY), "day");
  return difference < 0 ? `${words} ago` : `in ${words}`;
}

/** The same for what has happened: a clock that lags a little must not put it in the future. */
export function ago(iso: string, now = Date.now()): string {
  return relative(iso, Math.max(now, Date.parse(iso) + 1));
}

/** Whole local calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: number, to: number): number {
  return Math.round((startOfDay(to) - startOfDay(from)) / DAY);
}

/** "$84,000" from minor units; currencies without minor units are respected. */
export function money(minor: number, currency: string): string {
  const style = { style: "currency", currency, currencyDisplay: "narrowSymbol" } as const;
  const digits = new Intl.NumberFormat(LOCALE, style).resolvedOptions().maximumFractionDigits ?? 2;
  const amount = minor / 10 ** digits;
  const whole = Number.isInteger(amount);
  return new Intl.NumberFormat(LOCALE, {
    ...style,
    minimumFractionDigits: whole ? 0 : digits,
    maximumFractionDigits: whole ? 0 : digits,
  }).format(amount);
}

/** "1 draft", "3 drafts" */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "Food production" from a CRM's FOOD_PRODUCTION; anything a person wrote stays as it is. */
export function readable(value: string): string {
  if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(value) || (value.length < 5 && !value.includes("_")))
    return value;
  const words = value.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "14:03" in the customer's zone, or empty when the zone is unknown to this browser. */
export function timeIn(timeZone: string, now = Date.now()): string {
  try {
    return new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", timeZone }).format(now);
  } catch {
    return "";
  }
}

/** A date without a time means that day here, not midnight in Greenwich. */
function localDate(iso: string): Date {
  return new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T00:00:00` : iso);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
