import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Form, Space } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { newClientKey } from '../awards/record.js';
import { PageHead } from '../common/PageHead.js';
import { NotAllowed } from '../common/states.js';
import { placeErrors } from '../common/form-errors.js';
import { http } from '../http.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { today } from '../words/format.js';
import { DOSSIER_FORM_FIELDS, DossierFields, inputOf, type DossierValues } from './DossierFields.js';
import type { DossierSaved } from './nominations.contract.js';

/** Facts first; nominees and papers are added on the dossier's own page. */
export function NewDossierPage() {
  const { may, account } = useSession();
  const navigate = useNavigate();
  const [form] = Form.useForm<DossierValues>();
  const [rest, setRest] = useState<string[]>([]);
  const [clientKey] = useState(newClientKey);
  const unit = Form.useWatch('unit', form) ?? null;
  const saving = useMutation({
    mutationFn: (values: DossierValues) => http.post<DossierSaved>('/dossiers', { ...inputOf(values), clientKey }),
    onMutate: () => setRest([]),
    onSuccess: ({ dossier }) => navigate(`/de-nghi/${dossier.id}`, { replace: true }),
    onError: (error) => setRest(placeErrors(form, error, DOSSIER_FORM_FIELDS)),
  });
  if (!may('nomination.propose')) return <NotAllowed what="lập hồ sơ đề nghị" />;
  return (
    <>
      <PageHead title="Lập hồ sơ đề nghị" sub="Ghi thông tin chung trước; danh sách và giấy tờ thêm ở bước sau." />
      <Form<DossierValues>
        form={form}
        layout="vertical"
        className="record-wide"
        initialValues={{ unit: account.grants[0]?.unit.code, year: Number(today().slice(0, 4)), to: { mode: 'unit' } }}
        onFinish={(values) => !saving.isPending && saving.mutate(values)}
      >
        <Form.Item name="unit" label="Đơn vị đề nghị" rules={[{ required: true, message: 'Chọn đơn vị đề nghị.' }]}>
          <UnitPicker aria-label="Đơn vị đề nghị" />
        </Form.Item>
        <DossierFields unit={unit} />
        {rest.length > 0 && <Alert type="error" showIcon title={rest.join(' ')} className="gap-below" />}
        <Space>
          <Button type="primary" htmlType="submit" loading={saving.isPending}>
            Lập hồ sơ
          </Button>
          <Link to="/de-nghi">Thôi</Link>
        </Space>
      </Form>
    </>
  );
}
