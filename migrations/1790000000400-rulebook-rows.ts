/**
 * The catalogue as far as it could be read. `verified` is false where the text itself was not read: the officer then sees
 * "chưa kiểm chứng", and nothing is blocked. Later changes of the law are rows added through the rulebook, not edits here.
 */
interface Validity {
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly verified: boolean;
}

export interface FormRow extends Validity {
  readonly code: string;
  readonly name: string;
  readonly kind: 'AWARD' | 'TITLE';
  readonly category: string;
  readonly recipients: readonly string[];
  readonly levels: readonly string[];
  readonly oncePerLife: boolean;
}

export interface TypeRow extends Validity {
  readonly code: string;
  readonly name: string;
  readonly statistical: string;
}

const BEGINNING = '-infinity';
const LAW_2022 = '2024-01-01';
const AMENDMENT_2026 = '2026-10-01';
const REGULATION_1689 = '2019-11-12';
const REGULATION_999 = '2024-05-29';
const OPEN = 'infinity';

/** State law in its three texts; `read` says which of them were read for this form. */
function byLaw(read: { readonly old?: boolean; readonly of2022?: boolean }): Validity[] {
  return [
    {
      from: BEGINNING,
      to: LAW_2022,
      source: 'Luật Thi đua, khen thưởng 2003 (sửa đổi 2005, 2013)',
      verified: read.old ?? false,
    },
    {
      from: LAW_2022,
      to: AMENDMENT_2026,
      source: 'Luật Thi đua, khen thưởng 06/2022/QH15',
      verified: read.of2022 ?? false,
    },
    { from: AMENDMENT_2026, to: OPEN, source: 'Luật 06/2022/QH15, sửa đổi bởi Luật 06/2026/QH16', verified: false },
  ];
}

/** The confederation's own regulations; the text of 999/QĐ-TLĐ could not be read. */
function byRegulation(read: boolean): Validity[] {
  return [
    {
      from: BEGINNING,
      to: REGULATION_1689,
      source: 'Quy chế khen thưởng trước 1689/QĐ-TLĐ (777/2004, 1564/2014, 2106/2017)',
      verified: false,
    },
    {
      from: REGULATION_1689,
      to: REGULATION_999,
      source: 'Quy chế khen thưởng 1689/QĐ-TLĐ ngày 12/11/2019',
      verified: read,
    },
    { from: REGULATION_999, to: OPEN, source: 'Quy chế khen thưởng 999/QĐ-TLĐ ngày 29/05/2024', verified: false },
  ];
}

type FormFacts = Pick<FormRow, 'code' | 'name' | 'kind' | 'category' | 'recipients' | 'levels'>;

function form(periods: readonly Validity[], facts: FormFacts, oncePerLife = false): FormRow[] {
  return periods.map((period) => ({ ...facts, ...period, oncePerLife }));
}

const C = 'COLLECTIVE';
const I = 'INDIVIDUAL';
const H = 'HOUSEHOLD';
const STATE = ['STATE_ORGAN'];
const SECOND_LEVEL = ['PROVINCIAL_FEDERATION', 'CENTRAL_SECTOR_UNION', 'CORPORATION_UNION'];
const TOP = ['STATE_ORGAN', 'CONFEDERATION'];
const GRASSROOTS = ['GRASSROOTS_UNION', 'GRASSROOTS_SYNDICATE'];

const STATE_FORMS: readonly FormRow[] = [
  ...(
    [
      ['HUAN_CHUONG_SAO_VANG', 'Huân chương Sao vàng'],
      ['HUAN_CHUONG_HCM', 'Huân chương Hồ Chí Minh'],
      ['HUAN_CHUONG_DOC_LAP', 'Huân chương Độc lập'],
      ['HUAN_CHUONG_QUAN_CONG', 'Huân chương Quân công'],
      ['HUAN_CHUONG_LAO_DONG', 'Huân chương Lao động'],
      ['HUAN_CHUONG_BVTQ', 'Huân chương Bảo vệ Tổ quốc'],
      ['HUAN_CHUONG_CHIEN_CONG', 'Huân chương Chiến công'],
      ['HUAN_CHUONG_DAI_DOAN_KET', 'Huân chương Đại đoàn kết dân tộc'],
      ['HUAN_CHUONG_DUNG_CAM', 'Huân chương Dũng cảm'],
      ['HUAN_CHUONG_HUU_NGHI', 'Huân chương Hữu nghị'],
    ] as const
  ).flatMap(([code, name]) =>
    form(byLaw({ of2022: true }), { code, name, kind: 'AWARD', category: 'ORDER', recipients: [C, I], levels: STATE }),
  ),
  ...(
    [
      ['HUY_CHUONG_QKQT', 'Huy chương Quân kỳ quyết thắng'],
      ['HUY_CHUONG_VANTQ', 'Huy chương Vì an ninh Tổ quốc'],
      ['HUY_CHUONG_CSVV', 'Huy chương Chiến sĩ vẻ vang'],
      ['HUY_CHUONG_HUU_NGHI', 'Huy chương Hữu nghị'],
    ] as const
  ).flatMap(([code, name]) =>
    form(byLaw({ of2022: true }), { code, name, kind: 'AWARD', category: 'MEDAL', recipients: [I], levels: STATE }),
  ),
  ...form(byLaw({}), {
    code: 'DANH_HIEU_VINH_DU',
    name: 'Danh hiệu vinh dự nhà nước',
    kind: 'AWARD',
    category: 'HONORARY_TITLE',
    recipients: [C, I],
    levels: STATE,
  }),
  ...form(byLaw({}), {
    code: 'GIAI_THUONG_HCM',
    name: 'Giải thưởng Hồ Chí Minh',
    kind: 'AWARD',
    category: 'STATE_PRIZE',
    recipients: [I],
    levels: STATE,
  }),
  ...form(byLaw({}), {
    code: 'GIAI_THUONG_NHA_NUOC',
    name: 'Giải thưởng Nhà nước',
    kind: 'AWARD',
    category: 'STATE_PRIZE',
    recipients: [I],
    levels: STATE,
  }),
  ...form(byLaw({}), {
    code: 'BANG_KHEN_TTG',
    name: 'Bằng khen của Thủ tướng Chính phủ',
    kind: 'AWARD',
    category: 'CERTIFICATE_OF_MERIT',
    recipients: [C, I, H],
    levels: STATE,
  }),
  ...form(byLaw({ of2022: true }), {
    code: 'BANG_KHEN',
    name: 'Bằng khen',
    kind: 'AWARD',
    category: 'CERTIFICATE_OF_MERIT',
    recipients: [C, I, H],
    levels: [...TOP, ...SECOND_LEVEL],
  }),
  ...form(byLaw({ of2022: true }), {
    code: 'GIAY_KHEN',
    name: 'Giấy khen',
    kind: 'AWARD',
    category: 'CERTIFICATE_OF_COMMENDATION',
    recipients: [C, I, H],
    levels: ['STATE_ORGAN', 'DIRECT_UPPER_UNION', ...GRASSROOTS],
  }),
  ...form(
    byLaw({ of2022: true }),
    {
      code: 'KY_NIEM_CHUONG',
      name: 'Kỷ niệm chương',
      kind: 'AWARD',
      category: 'COMMEMORATIVE_MEDAL',
      recipients: [I],
      levels: TOP,
    },
    true,
  ),
];

const TITLES: readonly FormRow[] = [
  ...form(byLaw({ of2022: true }), {
    code: 'CSTD_TOAN_QUOC',
    name: 'Chiến sĩ thi đua toàn quốc',
    kind: 'TITLE',
    category: 'PERSONAL_TITLE',
    recipients: [I],
    levels: STATE,
  }),
  ...form(byLaw({ old: true }), {
    code: 'CSTD_BO_NGANH_TINH',
    name: 'Chiến sĩ thi đua bộ, ban, ngành, tỉnh',
    kind: 'TITLE',
    category: 'PERSONAL_TITLE',
    recipients: [I],
    levels: TOP,
  }),
  ...form(byLaw({ of2022: true }), {
    code: 'CSTD_CO_SO',
    name: 'Chiến sĩ thi đua cơ sở',
    kind: 'TITLE',
    category: 'PERSONAL_TITLE',
    recipients: [I],
    levels: [...TOP, ...SECOND_LEVEL],
  }),
  ...form(byLaw({}), {
    code: 'LDTT',
    name: 'Lao động tiên tiến, Chiến sĩ tiên tiến',
    kind: 'TITLE',
    category: 'PERSONAL_TITLE',
    recipients: [I],
    levels: [...TOP, ...SECOND_LEVEL],
  }),
  ...form(byLaw({ of2022: true }), {
    code: 'CO_THI_DUA_CP',
    name: 'Cờ thi đua của Chính phủ',
    kind: 'TITLE',
    category: 'FLAG',
    recipients: [C],
    levels: STATE,
  }),
  ...form(byLaw({}), {
    code: 'CO_THI_DUA_BO_NGANH_TINH',
    name: 'Cờ thi đua bộ, ban, ngành, tỉnh',
    kind: 'TITLE',
    category: 'FLAG',
    recipients: [C],
    levels: STATE,
  }),
  ...form(byLaw({}), {
    code: 'TTLDXS',
    name: 'Tập thể lao động xuất sắc, Đơn vị quyết thắng',
    kind: 'TITLE',
    category: 'COLLECTIVE_TITLE',
    recipients: [C],
    levels: TOP,
  }),
  ...form(byLaw({ old: true }), {
    code: 'TTLDTT',
    name: 'Tập thể lao động tiên tiến, Đơn vị tiên tiến',
    kind: 'TITLE',
    category: 'COLLECTIVE_TITLE',
    recipients: [C],
    levels: [...TOP, ...SECOND_LEVEL],
  }),
];

const UNION_FORMS: readonly FormRow[] = [
  ...form(byRegulation(true), {
    code: 'CO_THI_DUA_TLD',
    name: 'Cờ thi đua của Tổng Liên đoàn',
    kind: 'TITLE',
    category: 'FLAG',
    recipients: [C],
    levels: ['CONFEDERATION'],
  }),
  ...form(byRegulation(true), {
    code: 'CO_THI_DUA_CHUYEN_DE_TLD',
    name: 'Cờ thi đua chuyên đề của Tổng Liên đoàn',
    kind: 'TITLE',
    category: 'FLAG',
    recipients: [C],
    levels: ['CONFEDERATION'],
  }),
  ...form(byRegulation(true), {
    code: 'CO_THI_DUA_LDLD',
    name: 'Cờ thi đua của LĐLĐ tỉnh, công đoàn ngành trung ương',
    kind: 'TITLE',
    category: 'FLAG',
    recipients: [C],
    levels: SECOND_LEVEL,
  }),
  ...form(byRegulation(true), {
    code: 'CDCS_VUNG_MANH',
    name: 'Công đoàn cơ sở vững mạnh',
    kind: 'TITLE',
    category: 'COLLECTIVE_TITLE',
    recipients: [C],
    levels: ['DIRECT_UPPER_UNION', ...SECOND_LEVEL],
  }),
  ...form(byRegulation(true), {
    code: 'TO_CD_VUNG_MANH',
    name: 'Tổ công đoàn, công đoàn bộ phận vững mạnh',
    kind: 'TITLE',
    category: 'COLLECTIVE_TITLE',
    recipients: [C],
    levels: GRASSROOTS,
  }),
  ...form(byRegulation(true), {
    code: 'DOAN_VIEN_XUAT_SAC',
    name: 'Đoàn viên công đoàn xuất sắc',
    kind: 'TITLE',
    category: 'PERSONAL_TITLE',
    recipients: [I],
    levels: GRASSROOTS,
  }),
  ...form(byRegulation(true), {
    code: 'BANG_LDST',
    name: 'Bằng Lao động sáng tạo',
    kind: 'AWARD',
    category: 'CREATIVE_LABOUR',
    recipients: [I],
    levels: ['CONFEDERATION'],
  }),
  ...form(byRegulation(true), {
    code: 'GIAI_THUONG_NGUYEN_DUC_CANH',
    name: 'Giải thưởng Nguyễn Đức Cảnh',
    kind: 'AWARD',
    category: 'UNION_PRIZE',
    recipients: [I],
    levels: ['CONFEDERATION'],
  }),
  ...form(byRegulation(true), {
    code: 'GIAI_THUONG_NGUYEN_VAN_LINH',
    name: 'Giải thưởng Nguyễn Văn Linh',
    kind: 'AWARD',
    category: 'UNION_PRIZE',
    recipients: [I],
    levels: ['CONFEDERATION'],
  }),
];

/** A paper that says "khen thưởng" and no form still counts as an award; it never stands under a named form. */
const UNKNOWN_FORM = form(
  [{ from: BEGINNING, to: OPEN, source: 'Quy ước của sổ: văn bản không nêu hình thức', verified: true }],
  {
    code: 'UNKNOWN',
    name: 'Khen thưởng, chưa rõ hình thức',
    kind: 'AWARD',
    category: 'UNKNOWN',
    recipients: [C, I, H],
    levels: [],
  },
);

export const AWARD_FORMS: readonly FormRow[] = [...STATE_FORMS, ...TITLES, ...UNION_FORMS, ...UNKNOWN_FORM];

function type(code: string, name: string, statistical: string, readIn2022: boolean): TypeRow[] {
  return byLaw({ of2022: readIn2022 }).map((period) => ({ code, name, statistical, ...period }));
}

/** `statistical`: thường xuyên REGULAR, chuyên đề THEMATIC, đột xuất AD_HOC, đối ngoại EXTERNAL, cống hiến SERVICE, niên hạn SENIORITY. */
export const COMMENDATION_TYPES: readonly TypeRow[] = [
  ...type('MERIT', 'Khen thưởng công trạng', 'REGULAR', true),
  ...type('THEMATIC', 'Khen thưởng chuyên đề', 'THEMATIC', true),
  ...type('AD_HOC', 'Khen thưởng đột xuất', 'AD_HOC', true),
  ...type('CAMPAIGN', 'Khen thưởng phong trào thi đua', 'THEMATIC', false),
  ...type('SERVICE', 'Khen thưởng quá trình cống hiến', 'SERVICE', false),
  ...type('SENIORITY', 'Khen thưởng theo niên hạn', 'SENIORITY', false),
  ...type('EXTERNAL', 'Khen thưởng đối ngoại', 'EXTERNAL', false),
];
