import type { ColumnChoice, ColumnSpec } from '@lib/spreadsheets';
import type { LineClass, PositionBand } from './awards.entity.js';

const CLASSES: Record<LineClass, string> = {
  INDIVIDUAL: 'Cá nhân',
  COLLECTIVE: 'Tập thể',
  HOUSEHOLD: 'Hộ gia đình',
};
const BANDS: Record<PositionBand, string> = {
  MINISTRY_PROVINCE_LEADER: 'Lãnh đạo cấp bộ, cấp tỉnh',
  DEPARTMENT_LEADER: 'Lãnh đạo cấp vụ, sở và tương đương',
  ENTREPRENEUR: 'Doanh nhân',
  OTHER_LEADER: 'Lãnh đạo, quản lý khác',
  DIRECT_WORKER: 'Người trực tiếp công tác, lao động',
};

const choices = (names: Readonly<Record<string, string>>): ColumnChoice[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

/** What a list of recipients may say of each; `units`: the drop-down of the batch's own subtree. */
export function lineColumns(units: readonly ColumnChoice[]): ColumnSpec[] {
  return [
    {
      name: 'name',
      header: 'Họ và tên, tên tập thể',
      synonyms: ['Họ và tên', 'Họ tên', 'Tên', 'Tên tập thể', 'Tập thể, cá nhân', 'Người, tập thể', 'Danh sách'],
      required: true,
      type: 'TEXT',
      longest: 300,
      example: 'Nguyễn Văn Minh Hoạ',
      explanation: 'Tên như trong quyết định. Cá nhân ghi đủ họ, đệm, tên.',
    },
    {
      name: 'class',
      header: 'Đối tượng',
      synonyms: ['Loại đối tượng', 'Tập thể hay cá nhân'],
      required: false,
      type: 'CHOICE',
      choices: choices(CLASSES),
      example: 'Cá nhân',
      explanation: 'Để trống là cá nhân.',
    },
    {
      name: 'birthYear',
      header: 'Năm sinh',
      synonyms: ['Ngày sinh', 'Ngày tháng năm sinh', 'Sinh năm'],
      required: false,
      type: 'YEAR',
      example: '1985',
      explanation: 'Giúp phân biệt người trùng tên. Không có năm sinh thì chỉ ghi tên, không nối với hồ sơ người.',
    },
    {
      name: 'gender',
      header: 'Giới tính',
      synonyms: ['Nam/Nữ', 'Nam nữ', 'Giới'],
      required: false,
      type: 'CHOICE',
      choices: choices({ MALE: 'Nam', FEMALE: 'Nữ' }),
      example: 'Nữ',
      explanation: 'Nam hoặc Nữ; dùng để tính số nữ được khen.',
    },
    {
      name: 'unit',
      header: 'Mã đơn vị',
      synonyms: ['Đơn vị', 'Tên đơn vị', 'Đơn vị công tác', 'Nơi công tác', 'Công đoàn'],
      required: false,
      type: 'CODE',
      choices: units,
      longest: 300,
      example: units[0]?.value ?? '',
      explanation: 'Mã, hoặc tên đúng như trên cây tổ chức. Để trống là đơn vị của đợt khen.',
    },
    {
      name: 'office',
      header: 'Mã cơ quan chuyên môn',
      synonyms: ['Mã cơ quan', 'Cơ quan'],
      required: false,
      type: 'CODE',
      example: '',
      explanation: 'Chỉ khi tập thể được khen là cơ quan chuyên môn đã có mã.',
    },
    {
      name: 'positionBand',
      header: 'Nhóm chức vụ',
      synonyms: ['Chức vụ', 'Nhóm đối tượng'],
      required: false,
      type: 'CHOICE',
      choices: choices(BANDS),
      example: BANDS.DIRECT_WORKER,
      explanation: 'Nhóm của biểu 0603; để trống là theo đợt khen.',
    },
    {
      name: 'reason',
      header: 'Thành tích',
      synonyms: ['Lý do', 'Tóm tắt thành tích', 'Nội dung'],
      required: false,
      type: 'TEXT',
      longest: 500,
      example: 'Lao động giỏi năm 2024',
      explanation: 'Thành tích riêng của dòng này, nếu có.',
    },
  ];
}
