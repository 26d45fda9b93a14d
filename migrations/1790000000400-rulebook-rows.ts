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

type Facts = readonly [
  code: string,
  name: string,
  category: string,
  recipients: readonly string[],
  levels: readonly string[],
  oncePerLife?: boolean,
];

function award(
  periods: readonly Validity[],
  ...[code, name, category, recipients, levels, oncePerLife]: Facts
): FormRow[] {
  return form(periods, { code, name, kind: 'AWARD', category, recipients, levels }, oncePerLife);
}

function title(periods: readonly Validity[], ...[code, name, category, recipients, levels]: Facts): FormRow[] {
  return form(periods, { code, name, kind: 'TITLE', category, recipients, levels });
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
  ).flatMap(([code, name]) => award(byLaw({ of2022: true }), code, name, 'ORDER', [C, I], STATE)),
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
  ...award(byLaw({}), 'DANH_HIEU_VINH_DU', 'Danh hiệu vinh dự nhà nước', 'HONORARY_TITLE', [C, I], STATE),
  ...award(byLaw({}), 'GIAI_THUONG_HCM', 'Giải thưởng Hồ Chí Minh', 'STATE_PRIZE', [I], STATE),
  ...award(byLaw({}), 'GIAI_THUONG_NHA_NUOC', 'Giải thưởng Nhà nước', 'STATE_PRIZE', [I], STATE),
  ...award(byLaw({}), 'BANG_KHEN_TTG', 'Bằng khen của Thủ tướng Chính phủ', 'CERTIFICATE_OF_MERIT', [C, I, H], STATE),
  ...award(
    byLaw({ of2022: true }),
    'BANG_KHEN',
    'Bằng khen',
    'CERTIFICATE_OF_MERIT',
    [C, I, H],
    [...TOP, ...SECOND_LEVEL],
  ),
  ...award(
    byLaw({ of2022: true }),
    'GIAY_KHEN',
    'Giấy khen',
    'CERTIFICATE_OF_COMMENDATION',
    [C, I, H],
    ['STATE_ORGAN', 'DIRECT_UPPER_UNION', ...GRASSROOTS],
  ),
  ...award(byLaw({ of2022: true }), 'KY_NIEM_CHUONG', 'Kỷ niệm chương', 'COMMEMORATIVE_MEDAL', [I], TOP, true),
];

const TITLES: readonly FormRow[] = [
  ...title(byLaw({ of2022: true }), 'CSTD_TOAN_QUOC', 'Chiến sĩ thi đua toàn quốc', 'PERSONAL_TITLE', [I], STATE),
  ...title(
    byLaw({ old: true }),
    'CSTD_BO_NGANH_TINH',
    'Chiến sĩ thi đua bộ, ban, ngành, tỉnh',
    'PERSONAL_TITLE',
    [I],
    TOP,
  ),
  ...title(
    byLaw({ of2022: true }),
    'CSTD_CO_SO',
    'Chiến sĩ thi đua cơ sở',
    'PERSONAL_TITLE',
    [I],
    [...TOP, ...SECOND_LEVEL],
  ),
  ...title(
    byLaw({}),
    'LDTT',
    'Lao động tiên tiến, Chiến sĩ tiên tiến',
    'PERSONAL_TITLE',
    [I],
    [...TOP, ...SECOND_LEVEL],
  ),
  ...title(byLaw({ of2022: true }), 'CO_THI_DUA_CP', 'Cờ thi đua của Chính phủ', 'FLAG', [C], STATE),
  ...title(byLaw({}), 'CO_THI_DUA_BO_NGANH_TINH', 'Cờ thi đua bộ, ban, ngành, tỉnh', 'FLAG', [C], STATE),
  ...title(byLaw({}), 'TTLDXS', 'Tập thể lao động xuất sắc, Đơn vị quyết thắng', 'COLLECTIVE_TITLE', [C], TOP),
  ...title(
    byLaw({ old: true }),
    'TTLDTT',
    'Tập thể lao động tiên tiến, Đơn vị tiên tiến',
    'COLLECTIVE_TITLE',
    [C],
    [...TOP, ...SECOND_LEVEL],
  ),
];

const UNION_FORMS: readonly FormRow[] = [
  ...title(byRegulation(true), 'CO_THI_DUA_TLD', 'Cờ thi đua của Tổng Liên đoàn', 'FLAG', [C], ['CONFEDERATION']),
  ...title(
    byRegulation(true),
    'CO_THI_DUA_CHUYEN_DE_TLD',
    'Cờ thi đua chuyên đề của Tổng Liên đoàn',
    'FLAG',
    [C],
    ['CONFEDERATION'],
  ),
  ...title(
    byRegulation(true),
    'CO_THI_DUA_LDLD',
    'Cờ thi đua của LĐLĐ tỉnh, công đoàn ngành trung ương',
    'FLAG',
    [C],
    SECOND_LEVEL,
  ),
  ...title(
    byRegulation(true),
    'CDCS_VUNG_MANH',
    'Công đoàn cơ sở vững mạnh',
    'COLLECTIVE_TITLE',
    [C],
    ['DIRECT_UPPER_UNION', ...SECOND_LEVEL],
  ),
  ...title(
    byRegulation(true),
    'TO_CD_VUNG_MANH',
    'Tổ công đoàn, công đoàn bộ phận vững mạnh',
    'COLLECTIVE_TITLE',
    [C],
    GRASSROOTS,
  ),
  ...title(byRegulation(true), 'DOAN_VIEN_XUAT_SAC', 'Đoàn viên công đoàn xuất sắc', 'PERSONAL_TITLE', [I], GRASSROOTS),
  ...award(byRegulation(true), 'BANG_LDST', 'Bằng Lao động sáng tạo', 'CREATIVE_LABOUR', [I], ['CONFEDERATION']),
  ...award(
    byRegulation(true),
    'GIAI_THUONG_NGUYEN_DUC_CANH',
    'Giải thưởng Nguyễn Đức Cảnh',
    'UNION_PRIZE',
    [I],
    ['CONFEDERATION'],
  ),
  ...award(
    byRegulation(true),
    'GIAI_THUONG_NGUYEN_VAN_LINH',
    'Giải thưởng Nguyễn Văn Linh',
    'UNION_PRIZE',
    [I],
    ['CONFEDERATION'],
  ),
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
