/**
 * The form in which names are searched: lower case, no accents, đ as d, single spaces. `Hoà` and `Hòa` fold alike,
 * and so do composed and decomposed Unicode.
 */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * Text as it is stored: composed, trimmed, inner white space single, without marks that nobody sees (they make two equal
 * names differ, or turn the line around). Quotes and dashes stay as written.
 */
export function tidy(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}]/gu, '')
    .trim();
}
