import { DownloadOutlined, InboxOutlined } from '@ant-design/icons';
import { NO_SECRETS_NOTICE } from '@lib/kernel';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Radio, Space, Upload } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { DayPicker } from '../common/DayPicker.js';
import { PartOfPicker } from '../awards/PartOfPicker.js';
import { detailsOf } from '../common/form-errors.js';
import { download, query } from '../http.js';
import { useSession } from '../session/session.js';
import { UnitPicker } from '../units/UnitPicker.js';
import { printNumber } from '../words/format.js';
import { useUpload, type Params } from './imports.api.js';
import type { ImportKind } from './imports.contract.js';

/** Three steps on one card: what list, for whom; the template to fill in; the file. */
export function UploadCard({ kinds }: { kinds: readonly ImportKind[] }) {
  const [search, setSearch] = useSearchParams();
  const { account } = useSession();
  const navigate = useNavigate();
  const upload = useUpload();
  const kind = kinds.find(({ kind: name }) => name === search.get('loai')) ?? kinds[0];
  const [unit, setUnit] = useState<string | null>(search.get('don-vi') ?? account.grants[0]?.unit.code ?? null);
  const [params, setParams] = useState<Params>(() => paramsOf(search));
  const template = useMutation({ mutationFn: (path: string) => download(path) });
  if (!kind) return null;
  const missing = [
    ...(unit ? [] : ['đơn vị']),
    ...kind.params.filter(({ name, required }) => required && !params[name]).map(({ title }) => title.toLowerCase()),
  ];
  const asked = Object.fromEntries(kind.params.flatMap(({ name }) => (params[name] ? [[name, params[name]]] : [])));
  const wrong = [template.error, upload.error].filter(Boolean).flatMap((error) => detailsOf(error));
  const send = (file: File) => {
    if (unit)
      upload.mutate(
        { kind: kind.kind, unit, params: asked, file },
        { onSuccess: ({ id }) => void navigate(`/nhap-excel/${id}`) },
      );
    return false;
  };
  return (
    <Card size="small" className="gap-below" title="Nhập danh sách mới">
      <Form layout="vertical" component="div">
        <Form.Item label="1. Loại danh sách" required>
          <Radio.Group
            aria-label="Loại danh sách"
            optionType="button"
            value={kind.kind}
            options={kinds.map(({ kind: value, title }) => ({ value, label: title }))}
            onChange={({ target }) => {
              upload.reset();
              setSearch((now) => {
                now.set('loai', String(target.value));
                return now;
              });
            }}
          />
        </Form.Item>
        <Space wrap align="start" size={16}>
          <Form.Item label="Đơn vị" required tooltip="Chỉ nhận dòng của đơn vị này và các đơn vị bên dưới.">
            <UnitPicker className="w-unit" value={unit} onChange={setUnit} aria-label="Đơn vị của danh sách" />
          </Form.Item>
          {kind.params.map(({ name, title, type, required, explanation }) => (
            <Form.Item key={name} label={title} required={required} tooltip={explanation}>
              {type === 'DAY' ? (
                <DayPicker
                  aria-label={title}
                  value={params[name] ?? null}
                  onChange={(day) => setParams((now) => ({ ...now, [name]: day ?? '' }))}
                />
              ) : name === 'batch' ? (
                <div className="w-batch">
                  <PartOfPicker
                    aria-label={title}
                    placeholder="Tìm theo quyết định, nội dung khen"
                    value={params[name] ? Number(params[name]) : null}
                    onChange={(batch) => setParams((now) => ({ ...now, [name]: batch === null ? '' : String(batch) }))}
                  />
                </div>
              ) : (
                <Input
                  aria-label={title}
                  inputMode={type === 'ID' ? 'numeric' : 'text'}
                  value={params[name] ?? ''}
                  onChange={({ target }) => setParams((now) => ({ ...now, [name]: target.value.trim() }))}
                />
              )}
            </Form.Item>
          ))}
        </Space>
        <Form.Item
          label="2. Tệp mẫu"
          extra="Có sẵn ô chọn và lời giải thích. Tệp của đơn vị cũng được, miễn có dòng tiêu đề cột."
        >
          <Button
            icon={<DownloadOutlined aria-hidden />}
            loading={template.isPending}
            disabled={missing.length > 0}
            onClick={() =>
              template.mutate(`/import-kinds/${kind.kind}/template${query({ unit, params: JSON.stringify(asked) })}`)
            }
          >
            Tải tệp mẫu
          </Button>
        </Form.Item>
        <Form.Item label="3. Tệp danh sách" className="gap-above">
          <Upload.Dragger
            accept=".xlsx,.csv"
            showUploadList={false}
            disabled={missing.length > 0 || upload.isPending}
            beforeUpload={send}
            aria-label="Chọn tệp danh sách"
          >
            <InboxOutlined aria-hidden className="import-drop-icon" />
            <p>
              {upload.isPending
                ? 'Đang gửi tệp…'
                : missing.length > 0
                  ? `Hãy chọn ${missing.join(', ')} trước.`
                  : 'Bấm để chọn tệp, hoặc kéo thả tệp vào đây'}
            </p>
            <p className="soft">
              XLSX hoặc CSV, đến {printNumber(kind.maxRows)} dòng. Chưa có gì được ghi cho tới khi anh/chị chấp nhận.{' '}
              {NO_SECRETS_NOTICE}
            </p>
          </Upload.Dragger>
        </Form.Item>
      </Form>
      {wrong.length > 0 && (
        <Alert type="error" showIcon title={wrong.map(({ message }) => message).join(' ')} role="alert" />
      )}
    </Card>
  );
}

/** Parameters that another page has put into the address: `?dot=12`, `?tu=2024-01-01&den=2024-06-30`. */
function paramsOf(search: URLSearchParams): Params {
  const named = { batch: search.get('dot'), from: search.get('tu'), to: search.get('den') };
  return Object.fromEntries(Object.entries(named).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}
