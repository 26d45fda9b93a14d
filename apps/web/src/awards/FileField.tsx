import { DeleteOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Space, Upload } from 'antd';
import { useState } from 'react';
import type { Classification, Id, StoredFile } from '../contract.js';
import { http } from '../http.js';
import { printSize } from '../words/format.js';

interface Props {
  value?: Id | null;
  onChange?: (id: Id | null) => void;
  id?: string;
  classification: Classification;
  /** A signed scan: no text that could still be changed. */
  only?: 'scan';
}

/** The scan or signed file of the decision; sent at once, tied to the record when the record is saved. */
export function FileField({ value, onChange, id, classification, only }: Props) {
  // Kept apart from the sending: a refused second file leaves the first one attached and shown.
  const [kept, setStored] = useState<StoredFile | null>(null);
  const stored = kept?.id === value ? kept : null;
  const upload = useMutation({
    mutationFn: (file: File) => {
      const body = new FormData();
      body.append('classification', classification);
      body.append('file', file);
      return http.post<StoredFile>('/files', body);
    },
    onSuccess: (file) => {
      setStored(file);
      onChange?.(file.id);
    },
  });
  return (
    <>
      <Space>
        <Upload
          showUploadList={false}
          accept={only ? '.pdf,.jpg,.jpeg,.png' : '.pdf,.docx,.doc,.xlsx,.xls,.jpg,.jpeg,.png'}
          beforeUpload={(file) => {
            upload.mutate(file);
            return false;
          }}
        >
          <Button {...(id ? { id } : {})} icon={<UploadOutlined />} loading={upload.isPending}>
            {value ? 'Chọn tệp khác' : only ? 'Chọn tệp (PDF, ảnh)' : 'Chọn tệp (PDF, Word, Excel, ảnh)'}
          </Button>
        </Upload>
        {value && (
          <span>
            <PaperClipOutlined aria-hidden />{' '}
            {stored ? `${stored.name} (${printSize(stored.size)})` : <a href={`/api/files/${value}`}>tệp đang kèm</a>}
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label="Bỏ tệp"
              onClick={() => {
                upload.reset();
                onChange?.(null);
              }}
            />
          </span>
        )}
      </Space>
      {upload.isError && (
        <div className="cell-error" role="alert">
          {upload.error.message}
        </div>
      )}
    </>
  );
}
