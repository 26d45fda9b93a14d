import { defineWorkflow } from '@lib/kernel';

/** The way of an import. What the job does in READING and ACCEPTING is begun anew where a worker was killed in it. */
export const IMPORT_WORKFLOW = defineWorkflow({
  what: 'import',
  initial: 'UPLOADED',
  states: {
    UPLOADED: 'Chờ đọc',
    READING: 'Đang đọc và kiểm tra',
    CHECKED: 'Đã kiểm tra, chưa ghi',
    ACCEPTING: 'Đang ghi',
    ACCEPTED: 'Đã ghi',
    UNDONE: 'Đã hoàn tác',
    REFUSED: 'Không đọc được',
    ABANDONED: 'Đã bỏ',
  },
  steps: {
    read: { from: ['UPLOADED'], to: 'READING', name: 'Đọc tệp' },
    refuse: { from: ['READING', 'ACCEPTING'], to: 'REFUSED', name: 'Từ chối tệp' },
    checked: { from: ['READING'], to: 'CHECKED', name: 'Kiểm tra xong' },
    accept: { from: ['CHECKED'], to: 'ACCEPTING', name: 'Chấp nhận' },
    recheck: { from: ['CHECKED', 'ACCEPTING'], to: 'UPLOADED', name: 'Kiểm tra lại' },
    write: { from: ['ACCEPTING'], to: 'ACCEPTED', name: 'Ghi vào sổ' },
    undo: { from: ['ACCEPTED'], to: 'UNDONE', name: 'Hoàn tác' },
    abandon: { from: ['UPLOADED', 'READING', 'CHECKED'], to: 'ABANDONED', name: 'Bỏ, không nhập' },
  },
});

export type ImportState = keyof typeof IMPORT_WORKFLOW.stateNames;
export type ImportStep = keyof typeof IMPORT_WORKFLOW.steps;
