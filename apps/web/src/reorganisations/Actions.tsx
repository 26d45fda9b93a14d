import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { printDay } from '@lib/kernel';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import type { Day } from '../contract.js';
import { http } from '../http.js';
import { useSaving } from './reorganisations.api.js';
import type { Reorganisation, ReorganisationAbility, ReorganisationSaved } from './reorganisations.contract.js';

type Dialog = Extract<ReorganisationAbility, 'request' | 'schedule' | 'unschedule' | 'apply' | 'reverse' | 'cancel'>;

const PATHS: Record<Dialog, string> = {
  request: 'request',
  schedule: 'schedule',
  unschedule: 'unschedule',
  apply: 'application',
  reverse: 'reversal',
  cancel: 'cancellation',
};

interface Words {
  button: string;
  title: string;
  hint: (it: Reorganisation) => string;
  danger?: boolean;
  reason?: boolean;
}

const WORDS: Record<Dialog, Words> = {
  request: {
    button: 'Trình duyệt',
    title: 'Trình lãnh đạo duyệt',
    hint: ({ unit }) => `Lãnh đạo của ${unit.name} nhận việc duyệt trên bàn làm việc.`,
  },
  schedule: {
    button: 'Duyệt, chờ đến ngày',
    title: 'Duyệt và hẹn ngày',
    hint: ({ from }) => `Hệ thống tự thực hiện vào ngày ${printDay(from)}; trước ngày đó vẫn trả lại được.`,
  },
  unschedule: {
    button: 'Trả về chuẩn bị',
    title: 'Trả về chuẩn bị',
    hint: () => 'Việc trở lại bản đang chuẩn bị để sửa.',
    reason: true,
  },
  apply: {
    button: 'Thực hiện',
    title: 'Thực hiện sắp xếp tổ chức',
    hint: ({ from }) =>
      `Cây tổ chức thay đổi từ ngày ${printDay(from)}; đoàn viên, tài khoản và việc còn dở chuyển theo như đã diễn tập. Số liệu của những ngày trước đó không đổi.`,
  },
  reverse: {
    button: 'Đảo lại',
    title: 'Đảo lại bằng quyết định khác',
    hint: () => 'Dùng khi việc sắp xếp đã ghi nhầm. Lịch sử vẫn giữ cả hai quyết định.',
    danger: true,
    reason: true,
  },
  cancel: {
    button: 'Huỷ việc này',
    title: 'Huỷ việc đang chuẩn bị',
    hint: () => 'Chưa có gì thay đổi trong cây tổ chức; bản chuẩn bị vẫn xem lại được.',
    danger: true,
    reason: true,
  },
};

const ORDER: readonly Dialog[] = ['cancel', 'unschedule', 'request', 'schedule', 'apply', 'reverse'];

/** What may be done next; each step is confirmed and says what follows. */
export function Actions({ it }: { it: Reorganisation }) {
  const [open, setOpen] = useState<Dialog | null>(null);
  const dialogs = ORDER.filter((one) => it.may.includes(one));
  const main = dialogs.includes('apply') ? 'apply' : dialogs.includes('schedule') ? 'schedule' : 'request';
  return (
    <>
      {it.may.includes('edit') && (
        <Link to={`/sap-xep/${it.id}/sua`}>
          <Button>Sửa</Button>
        </Link>
      )}
      {dialogs.map((one) => (
        <Button
          key={one}
          type={one === main ? 'primary' : 'default'}
          danger={WORDS[one].danger === true}
          onClick={() => setOpen(one)}
        >
          {WORDS[one].button}
        </Button>
      ))}
      {open && <StepDialog key={open} it={it} what={open} onClose={() => setOpen(null)} />}
    </>
  );
}

interface Values {
  reason?: string;
  decision?: { number: string; day: Day; body?: string | null };
}

function StepDialog({ it, what, onClose }: { it: Reorganisation; what: Dialog; onClose: () => void }) {
  const words = WORDS[what];
  const saving = useSaving<ReorganisationSaved>();
  const navigate = useNavigate();
  const { message, modal } = App.useApp();
  const save = async ({ reason, decision }: Values) => {
    const { warnings, reorganisation } = await saving.mutateAsync(() =>
      http.post<ReorganisationSaved>(`/reorganisations/${it.id}/${PATHS[what]}`, {
        version: it.version,
        ...(words.reason ? { reason } : {}),
        ...(what === 'reverse' ? { decision } : {}),
      }),
    );
    if (warnings.length)
      modal.warning({ title: 'Đã làm, cần lưu ý', content: warnings.map((warning) => warning.message).join(' ') });
    else message.success(`${reorganisation.stateName}.`);
    void navigate(`/sap-xep/${reorganisation.id}`, { replace: true });
  };
  return (
    <FormDialog<Values>
      title={words.title}
      okText={words.button}
      danger={words.danger === true}
      fields={[['reason'], ['decision', 'number'], ['decision', 'day'], ['decision', 'body']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <p className="hint">{words.hint(it)}</p>
      {what === 'reverse' && (
        <div className="fields-2">
          <Form.Item
            name={['decision', 'number']}
            label="Số quyết định đảo lại"
            rules={[{ required: true, message: 'Mời ghi số quyết định.' }]}
          >
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item
            name={['decision', 'day']}
            label="Ngày quyết định"
            rules={[{ required: true, message: 'Mời chọn ngày quyết định.' }]}
          >
            <DayPicker />
          </Form.Item>
        </div>
      )}
      {words.reason && (
        <Form.Item name="reason" label="Lý do" rules={[{ required: true, min: 2, message: 'Mời ghi lý do.' }]}>
          <Input.TextArea maxLength={500} rows={2} />
        </Form.Item>
      )}
    </FormDialog>
  );
}
