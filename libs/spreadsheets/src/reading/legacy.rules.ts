export type LegacyEncoding = 'TCVN3' | 'VNI';

/** What TCVN3 (ABC) shows where its font is missing: marks that no Vietnamese word has, capitals inside a word. */
const TCVN3 =
  /\p{L}[µ¶·¸¹»¾¼½©ª«¬®¨×÷Æ-Ëß-âä-éîðñòóô-þ]|[®§µ¶·¸¹»¾¼½©ª«¬¨×÷ÆËÑÖØÜÞßäåæçëîïñöøûüþ]\p{L}|\p{Ll}[ÊÔÒÓÕÉÈÌÍÐÝÞÏÖØÙÚÜÇÑ]\p{Ll}?/u;
/** What VNI shows: a vowel with its tone written as a letter of its own, `Ñ` for Đ, `ö` for ư. */
const VNI = /a[âêùøûõïáàåãäéèúüë]|e[âãàáåäùøûõï]|o[âäåùøûõï]|ö|ñ/iu;
/** Letters that only Unicode has: a text with them is no legacy text. */
const UNICODE = /[ăđơưĂĐƠƯ\u1ea0-\u1ef9]/u;
/** Small letters of Latin-1 that Vietnamese writes itself: alone they prove nothing. */
const OWN = /[àáâãèéêìíòóôõùúý]/giu;

const BEYOND_ASCII = /[\u0080-\uffff]/;

/** The legacy encoding that a word was written in; null where nothing tells so. */
export function legacyEncodingOf(text: string): LegacyEncoding | null {
  if (!BEYOND_ASCII.test(text) || UNICODE.test(text)) return null;
  const words = text.split(/\s+/);
  if (words.some((word) => VNI.test(word))) return 'VNI';
  const strange = words.filter((word) => TCVN3.test(word) && BEYOND_ASCII.test(word.replace(OWN, '')));
  return strange.length > 0 ? 'TCVN3' : null;
}

/** Counts over a whole file: one foreign name is no legacy file. */
export class LegacyCount {
  private readonly found: Record<LegacyEncoding, number> = { TCVN3: 0, VNI: 0 };
  private unicode = 0;

  add(text: string): void {
    if (UNICODE.test(text)) this.unicode += 1;
    const encoding = legacyEncodingOf(text);
    if (encoding) this.found[encoding] += 1;
  }

  /** At least three words of it, and more than there is Unicode. */
  verdict(): LegacyEncoding | null {
    const encoding = this.found.VNI > this.found.TCVN3 ? 'VNI' : 'TCVN3';
    const count = this.found[encoding];
    return count >= 3 && count > this.unicode ? encoding : null;
  }
}

export function legacyMessage(encoding: LegacyEncoding): string {
  const name = encoding === 'TCVN3' ? 'TCVN3 (ABC, phông .VnTime)' : 'VNI (phông VNI-Times)';
  return `Chữ trong tệp viết bằng bảng mã cũ ${name}. Hãy chuyển sang Unicode (UniKey › Công cụ › Chuyển mã) rồi gửi lại.`;
}
