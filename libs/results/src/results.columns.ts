import type { ColumnChoice, ColumnSpec } from '@lib/spreadsheets';
import type { IndicatorView } from './indicators.service.js';
import type { BeneficiaryClass, ReportScope } from './results.entity.js';
import { STATUS_NAMES } from './results.rules.js';

const SCOPES: Record<ReportScope, string> = {
  OWN: 'Riêng đơn vị',
  INCLUDES_SUBORDINATES: 'Gồm cả đơn vị dưới',
};
const BENEFICIARIES: Record<BeneficiaryClass, string> = {
  MEMBERS: 'Đoàn viên',
  WORKERS: 'Người lao động',
  CHILDREN: 'Trẻ em',
  POLICY_FAMILIES: 'Gia đình chính sách',
  HARDSHIP: 'Hoàn cảnh khó khăn',
  UNITS: 'Đơn vị',
  OTHER: 'Đối tượng khác',
};

const choices = (names: Readonly<Record<string, string>>): ColumnChoice[] =>
  Object.entries(names).map(([value, label]) => ({ value, label }));

/** What a list of results may say of each unit and indicator; the period is the same for all of its rows. */
export function resultColumns(units: readonly ColumnChoice[], indicators: readonly IndicatorView[]): ColumnSpec[] {
  return [
    {
      name: 'unit',
      header: 'Mã đơn vị',
      synonyms: ['Đơn vị', 'Tên đơn vị', 'Công đoàn'],
      required: true,
      type: 'CODE',
      choices: units,
      longest: 300,
      example: units[0]?.value ?? '',
      explanation: 'Mã, hoặc tên đúng như trên cây tổ chức.',
    },
    {
      name: 'indicator',
      header: 'Chỉ tiêu',
      synonyms: ['Mã chỉ tiêu', 'Tên chỉ tiêu', 'Nội dung'],
      required: true,
      type: 'CHOICE',
      choices: indicators.map(({ code, name }) => ({ value: code, label: name })),
      example: indicators[0]?.name ?? '',
      explanation: 'Tên hoặc mã trong danh mục chỉ tiêu.',
    },
    {
      name: 'count',
      header: 'Số lượng',
      synonyms: ['Kết quả', 'Thực hiện', 'Số lượt'],
      required: false,
      type: 'INTEGER',
      qualified: true,
      example: 'hơn 2.400',
      explanation: 'Số nguyên; được ghi “hơn”, “gần”, “ít nhất”, “khoảng” trước số.',
    },
    {
      name: 'money',
      header: 'Số tiền',
      synonyms: ['Số tiền (đồng)', 'Kinh phí', 'Trị giá', 'Thành tiền'],
      required: false,
      type: 'MONEY',
      example: 'gần 1,4 tỷ',
      explanation: 'Bằng đồng, hoặc ghi “1,5 tỷ”, “250 triệu”.',
    },
    {
      name: 'status',
      header: 'Tình trạng',
      synonyms: ['Trạng thái'],
      required: false,
      type: 'CHOICE',
      choices: choices(STATUS_NAMES),
      example: STATUS_NAMES.DELIVERED,
      explanation: 'Để trống là đã thực hiện.',
    },
    {
      name: 'scope',
      header: 'Phạm vi',
      synonyms: ['Phạm vi số liệu'],
      required: false,
      type: 'CHOICE',
      choices: choices(SCOPES),
      example: SCOPES.OWN,
      explanation: 'Để trống là riêng đơn vị, không gồm các đơn vị dưới.',
    },
    {
      name: 'fundingSource',
      header: 'Nguồn tiền',
      synonyms: ['Nguồn kinh phí'],
      required: false,
      type: 'TEXT',
      longest: 100,
      example: 'TLĐ',
      explanation: 'Ai chi, nếu có nêu.',
    },
    {
      name: 'beneficiaryClass',
      header: 'Đối tượng hưởng',
      synonyms: ['Đối tượng'],
      required: false,
      type: 'CHOICE',
      choices: choices(BENEFICIARIES),
      example: BENEFICIARIES.MEMBERS,
      explanation: 'Nhóm được hưởng, nếu có nêu.',
    },
    {
      name: 'source',
      header: 'Nguồn số liệu',
      synonyms: ['Văn bản', 'Căn cứ', 'Nguồn'],
      required: false,
      type: 'TEXT',
      longest: 300,
      example: 'Báo cáo số 12/BC-CĐ ngày 05/7/2024',
      explanation: 'Văn bản nêu số liệu; để trống thì lấy nguồn chung đã ghi khi tải tệp lên.',
    },
  ];
}
