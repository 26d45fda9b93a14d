import { PlusOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, InputNumber, Select, Table } from 'antd';
import { useState } from 'react';
import { PersonInput } from '../awards/LineCells.js';
import { newLine, type LineDraft } from '../awards/lines.js';
import { useForms } from '../awards/rulebook.api.js';
import { ExcelButton } from '../common/ExcelButton.js';
import { DayPicker } from '../common/DayPicker.js';
import { FormDialog } from '../common/FormDialog.js';
import { More } from '../common/More.js';
import { PageHead } from '../common/PageHead.js';
import { foldedSearch } from '../common/pick.js';
import { Failed, Loading, NotAllowed, Nothing } from '../common/states.js';
import type { RecipientInput } from '../contract.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { printAnyDay, today } from '../words/format.js';
import { RECIPIENT_NAMES } from '../words/labels.js';
import { NominationFilters, useNominationFilters } from './Filters.js';
import { useRegistrations } from './nominations.api.js';
import type { Registration, RegistrationInput } from './nominations.contract.js';
import { ReasonDialog } from './ReasonDialog.js';

/** Registrations at the beginning of a year: who sets out for which title. */
export function RegistrationsPage() {
  const { may } = useSession();
  const { filters, set } = useNominationFilters();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Registration | null>(null);
  const client = useQueryClient();
  const { state: _, ...asked } = filters;
  const list = useRegistrations(asked);
  const refresh = () => client.invalidateQueries({ queryKey: ['nominations'] });
  const removal = useMutation({
    mutationFn: (reason: string) => http.post(`/title-registrations/${removing?.id}/removal`, { reason }),
    onSuccess: refresh,
  });
  if (!may('nomination.read')) return <NotAllowed what="xem đăng ký danh hiệu" />;
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead
        title="Đăng ký danh hiệu"
        sub="Đầu năm, người và tập thể đăng ký danh hiệu phấn đấu. Đề nghị danh hiệu mà chưa đăng ký thì hệ thống nhắc."
        actions={
          <>
            <ExcelButton path="/title-registrations" values={asked} />
            {may('nomination.propose') && (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
                Ghi đăng ký
              </Button>
            )}
          </>
        }
      />
      <NominationFilters filters={filters} states={null} onChange={set} label="Lọc đăng ký" />
      {list.isPending && <Loading rows={8} />}
      {list.isError && <Failed error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <>
          <Table<Registration>
            className="book-list"
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={rows}
            locale={{ emptyText: <Nothing>Chưa có đăng ký nào như vậy.</Nothing> }}
            columns={[
              { title: 'Người, tập thể', key: 'name', render: (__, row) => <span className="strong">{row.name}</span> },
              {
                title: 'Đối tượng',
                key: 'class',
                width: 100,
                render: (__, row) => RECIPIENT_NAMES[row.recipientClass],
              },
              { title: 'Đơn vị', key: 'unit', width: 240, render: (__, row) => row.unit?.name ?? '—' },
              { title: 'Danh hiệu', dataIndex: 'formName', width: 220 },
              { title: 'Năm', dataIndex: 'year', width: 70 },
              { title: 'Đăng ký ngày', key: 'day', width: 120, render: (__, row) => printAnyDay(row.registeredOn) },
              { title: 'Người ghi', dataIndex: 'recordedBy', width: 160 },
              {
                title: '',
                key: 'do',
                width: 70,
                render: (__, row) =>
                  row.removable && (
                    <Button type="link" size="small" danger onClick={() => setRemoving(row)}>
                      Gỡ
                    </Button>
                  ),
              },
            ]}
          />
          <More list={list} shown={rows.length} />
        </>
      )}
      {adding && <RegistrationDialog onSaved={refresh} onClose={() => setAdding(false)} />}
      {removing && (
        <ReasonDialog
          title={`Gỡ đăng ký của ${removing.name}`}
          okText="Gỡ"
          label="Lý do gỡ"
          danger
          save={(reason) => removal.mutateAsync(reason)}
          onClose={() => setRemoving(null)}
        />
      )}
    </>
  );
}

interface Values {
  unit: string;
  kind: 'person' | 'unit';
  who: LineDraft;
  recipientUnit?: string;
  form: string;
  year: number;
  registeredOn: string;
}

function RegistrationDialog({ onSaved, onClose }: { onSaved: () => unknown; onClose: () => void }) {
  const { account } = useSession();
  const forms = useForms();
  const [who, setWho] = useState<LineDraft>(newLine());
  const titles = (forms.data ?? []).filter((form) => form.kind === 'TITLE');
  const save = async ({ unit, kind, recipientUnit, form, year, registeredOn }: Values) => {
    const person: RecipientInput =
      who.person === null ? { personName: who.name, birthYear: who.birthYear } : { person: who.person };
    const recipient: RecipientInput = kind === 'unit' ? { unit: recipientUnit ?? unit } : person;
    const input: RegistrationInput = { unit, recipient, form, year, registeredOn };
    await http.post('/title-registrations', input);
    await onSaved();
  };
  return (
    <FormDialog<Values>
      title="Ghi đăng ký danh hiệu"
      okText="Ghi đăng ký"
      initial={{
        unit: account.grants[0]?.unit.code ?? '',
        kind: 'person',
        year: Number(today().slice(0, 4)),
        registeredOn: today(),
      }}
      fields={[['unit'], ['recipient'], ['form'], ['year'], ['registeredOn']]}
      save={save}
      onDone={onClose}
      onClose={onClose}
    >
      <Form.Item name="unit" label="Đơn vị đăng ký" rules={[{ required: true, message: 'Chọn đơn vị.' }]}>
        <UnitPicker aria-label="Đơn vị đăng ký" />
      </Form.Item>
      <Form.Item name="kind" label="Đối tượng">
        <Select
          options={[
            { value: 'person', label: 'Cá nhân' },
            { value: 'unit', label: 'Tập thể (đơn vị)' },
          ]}
        />
      </Form.Item>
      <Form.Item noStyle dependencies={['kind']}>
        {({ getFieldValue }) =>
          getFieldValue('kind') === 'unit' ? (
            <Form.Item name="recipientUnit" label="Tập thể">
              <UnitPicker allowClear placeholder="chính đơn vị đăng ký" aria-label="Tập thể" />
            </Form.Item>
          ) : (
            <div className="fields-2">
              <Form.Item name="recipient" label="Họ và tên" required>
                <PersonInput line={who} label="Họ và tên" onChange={(part) => setWho((now) => ({ ...now, ...part }))} />
              </Form.Item>
              <Form.Item label="Năm sinh">
                <InputNumber
                  className="wide"
                  min={1900}
                  max={2100}
                  controls={false}
                  value={who.birthYear}
                  disabled={who.person !== null}
                  onChange={(birthYear) => setWho((now) => ({ ...now, birthYear }))}
                />
              </Form.Item>
            </div>
          )
        }
      </Form.Item>
      <Form.Item name="form" label="Danh hiệu" rules={[{ required: true, message: 'Chọn danh hiệu.' }]}>
        <Select showSearch={foldedSearch} options={titles.map(({ code, name }) => ({ value: code, label: name }))} />
      </Form.Item>
      <div className="fields-2">
        <Form.Item name="year" label="Năm" rules={[{ required: true, message: 'Ghi năm.' }]}>
          <InputNumber className="wide" min={1990} max={2100} controls={false} />
        </Form.Item>
        <Form.Item name="registeredOn" label="Đăng ký ngày" rules={[{ required: true, message: 'Ghi ngày.' }]}>
          <DayPicker className="wide" />
        </Form.Item>
      </div>
    </FormDialog>
  );
}
