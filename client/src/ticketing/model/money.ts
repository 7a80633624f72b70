/** Prices in words. */

/** An amount of fen in yuan, with fen only where there are some; nothing is said as `free`. */
export function money(fen: number, language: string, free: string): string {
  if (fen === 0) return free;
  const digits = fen % 100 ? 2 : 0;
  return `¥${new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(fen / 100)}`;
}
