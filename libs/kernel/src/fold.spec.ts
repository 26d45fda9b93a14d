import * as fc from 'fast-check';
import { fold, tidy } from './fold.js';

describe('names as they are searched', () => {
  it('lose accents, case and đ', () => {
    expect(fold('Nguyễn Văn Đức')).toBe('nguyen van duc');
    expect(fold('ĐẶNG THỊ ÁNH')).toBe('dang thi anh');
  });

  it('fold alike however the mark is placed and however Unicode is composed', () => {
    expect(fold('Hoà')).toBe(fold('Hòa'));
    expect(fold('Nguyễn Thị Ước'.normalize('NFD'))).toBe(fold('Nguyễn Thị Ước'.normalize('NFC')));
  });

  it('keep words and numbers, and nothing between them', () => {
    expect(fold('  Công đoàn  “X-8”, phòng 12. ')).toBe('cong doan x 8 phong 12');
    expect(fold('…')).toBe('');
  });

  it('fold once and for all', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => expect(fold(fold(text))).toBe(fold(text))));
  });
});

describe('text as it is stored', () => {
  it('is composed, trimmed, with single spaces; quotes and dashes stay', () => {
    expect(tidy('  Bộ   Công an\t– “X” \n')).toBe('Bộ Công an – “X”');
    expect(tidy('Hoà'.normalize('NFD'))).toBe('Hoà'.normalize('NFC'));
  });

  it('holds no mark that nobody sees', () => {
    expect(tidy('\u202eNguyễn\u200b Văn\u00ad A\ufeff')).toBe('Nguyễn Văn A');
    expect(tidy(' \u200b ')).toBe('');
    expect(fold('Ngu\u200byễn')).toBe('nguyen');
  });
});
