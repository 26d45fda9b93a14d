import type { ColumnSpec } from '@lib/spreadsheets';

const CODE = { type: 'CODE', required: false, longest: 50 } as const;

/** One of the two columns "Nam", "Nữ" below a common "Năm sinh". */
function born(name: string, gender: string): ColumnSpec {
  return {
    name,
    header: `Năm sinh ${gender}`,
    synonyms: [
      `Ngày sinh ${gender}`,
      `Ngày tháng năm sinh ${gender}`,
      `Ngày, tháng, năm sinh ${gender}`,
      `SN ${gender}`,
    ],
    required: false,
    type: 'YEAR',
    offered: false,
    example: '',
    explanation: '',
  };
}

/** Columns of the list; `units` are offered by the template. */
export function peopleColumns(units: readonly { value: string; label: string }[]): ColumnSpec[] {
  return [
    {
      name: 'name',
      header: 'Họ và tên',
      synonyms: ['Họ tên', 'Họ và tên đoàn viên', 'Họ tên đoàn viên', 'Tên đoàn viên', 'Họ, chữ đệm và tên'],
      required: true,
      type: 'TEXT',
      longest: 200,
      example: 'Nguyễn Thị Minh Hoạ',
      explanation: 'Ghi đủ họ, chữ đệm và tên, có dấu (Unicode).',
    },
    {
      name: 'birthYear',
      header: 'Năm sinh',
      synonyms: ['Ngày sinh', 'Ngày tháng năm sinh', 'Ngày, tháng, năm sinh', 'SN'],
      required: false,
      type: 'YEAR',
      example: '1985',
      explanation: 'Nhận cả ngày sinh đầy đủ; chỉ giữ năm. Cần có khi không có mã đoàn viên hoặc số hiệu.',
    },
    born('birthYearMale', 'nam'),
    born('birthYearFemale', 'nữ'),
    {
      name: 'gender',
      header: 'Giới tính',
      synonyms: ['Giới', 'Nam/Nữ', 'Nam, nữ'],
      required: false,
      type: 'CHOICE',
      choices: [
        { value: 'MALE', label: 'Nam' },
        { value: 'FEMALE', label: 'Nữ' },
      ],
      example: 'Nữ',
      explanation: 'Nam hoặc Nữ.',
    },
    {
      ...CODE,
      name: 'unit',
      header: 'Mã đơn vị',
      synonyms: ['Đơn vị', 'Tên đơn vị', 'Công đoàn cơ sở', 'CĐCS', 'Mã CĐCS', 'Đơn vị công tác'],
      longest: 300,
      choices: units,
      example: units[0]?.value ?? '',
      explanation: 'Mã hoặc tên đơn vị. Để trống: đơn vị đã chọn khi gửi tệp.',
    },
    {
      ...CODE,
      name: 'memberCard',
      header: 'Mã đoàn viên',
      synonyms: ['Số thẻ đoàn viên', 'Số thẻ', 'Mã số đoàn viên', 'Thẻ đoàn viên'],
      example: '0012345678',
      explanation: 'Mã trên thẻ đoàn viên; giữ cả số 0 ở đầu. Mỗi mã chỉ của một người.',
    },
    {
      ...CODE,
      name: 'serviceNumber',
      header: 'Số hiệu',
      synonyms: ['Số hiệu CAND', 'Số hiệu sĩ quan', 'Số hiệu quân nhân'],
      example: '123-456',
      explanation: 'Số hiệu trong lực lượng vũ trang, nếu có.',
    },
    {
      name: 'admittedOn',
      header: 'Ngày kết nạp',
      synonyms: ['Ngày vào công đoàn', 'Ngày kết nạp công đoàn', 'Ngày gia nhập'],
      required: false,
      type: 'DAY',
      example: '26/3/2010',
      explanation: 'Ngày kết nạp vào công đoàn.',
    },
    {
      name: 'another',
      header: 'Là người khác',
      synonyms: ['Người khác'],
      required: false,
      type: 'MARK',
      example: '',
      explanation: 'Ghi “x” khi trùng họ tên, năm sinh, đơn vị với một người khác đã có hoặc có trong tệp.',
    },
  ];
}
