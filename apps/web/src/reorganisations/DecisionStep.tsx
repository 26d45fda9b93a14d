import { Form, Input, type FormInstance } from 'antd';
import { useQueries } from '@tanstack/react-query';
import { useEffect } from 'react';
import { FileField } from '../awards/FileField.js';
import { DayPicker } from '../common/DayPicker.js';
import type { UnitDetail } from '../contract.js';
import { http } from '../http.js';
import { unitKeys } from '../units/units.api.js';
import { codesOf, titleFor, type Draft } from './draft.js';

interface Props {
  form: FormInstance<Draft>;
  active: boolean;
}

/** The paper that says so. It may follow later: it is needed before the reorganisation is applied. */
export function DecisionStep({ form, active }: Props) {
  const kind = Form.useWatch('kind', form) ?? 'MERGE';
  const codes = codesOf(Form.useWatch('units', form) ?? []);
  const founded = Form.useWatch('successors', form)?.flatMap(({ found }) => found?.name ?? []) ?? [];
  const units = useQueries({
    queries: codes.map((code) => ({
      queryKey: unitKeys.detail(code, null),
      queryFn: () => http.get<UnitDetail>(`/units/${encodeURIComponent(code)}`),
      enabled: active,
    })),
  });
  const names = kind === 'FOUND' ? founded : units.flatMap(({ data }) => data?.name ?? []);
  const offered = titleFor(kind, names);
  const ready = active && names.length > 0 && (kind === 'FOUND' || names.length === codes.length);
  useEffect(() => {
    if (ready && !form.getFieldValue('title')) form.setFieldValue('title', offered);
  }, [ready, offered, form]);
  return (
    <>
      <Form.Item name="title" label="Tên việc" rules={[{ required: true, min: 3, message: 'Mời ghi tên việc.' }]}>
        <Input maxLength={300} />
      </Form.Item>
      <div className="fields-3">
        <Form.Item
          name="number"
          label="Số quyết định"
          extra="Có thể ghi sau, trước khi thực hiện."
          dependencies={['day']}
          rules={[
            ({ getFieldValue }) => ({
              required: !!getFieldValue('day'),
              message: 'Mời ghi số quyết định.',
            }),
          ]}
        >
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="day"
          label="Ngày quyết định"
          dependencies={['number']}
          rules={[
            ({ getFieldValue }) => ({
              required: !!getFieldValue('number'),
              message: 'Mời chọn ngày quyết định.',
            }),
          ]}
        >
          <DayPicker />
        </Form.Item>
        <Form.Item name="body" label="Cơ quan ban hành">
          <Input maxLength={300} />
        </Form.Item>
      </div>
      <Form.Item name="fileId" label="Bản quyết định">
        <FileField classification="INTERNAL" />
      </Form.Item>
      <Form.Item name="note" label="Ghi chú">
        <Input.TextArea maxLength={2000} rows={2} />
      </Form.Item>
    </>
  );
}
