import { DeleteOutlined, UploadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Card, Select, Space, Upload } from 'antd';
import { useState } from 'react';
import type { StoredFile } from '../contract.js';
import { http } from '../http.js';
import { printAnyDay, printSize } from '../words/format.js';
import { options } from '../words/labels.js';
import { Nothing } from '../common/states.js';
import { useQueryClient } from '@tanstack/react-query';
import type { DossierCommand } from './nominations.api.js';
import type { Dossier, PaperKind } from './nominations.contract.js';
import { PAPER_NAMES } from './words.js';

/** Typed papers of the dossier; always downloads. */
export function Papers({ dossier, command }: { dossier: Dossier; command: DossierCommand }) {
  const [kind, setKind] = useState<PaperKind>('TO_TRINH');
  const client = useQueryClient();
  const mayAdd = dossier.may.includes('add_paper');
  const adding = useMutation({
    mutationFn: async (file: File) => {
      const body = new FormData();
      body.append('classification', 'INTERNAL');
      body.append('file', file);
      const { id } = await http.post<StoredFile>('/files', body);
      return command.mutateAsync({ path: `/dossiers/${dossier.id}/papers`, body: { kind, fileId: id } });
    },
  });
  const removing = useMutation({
    mutationFn: (paper: number) => http.remove(`/dossiers/${dossier.id}/papers/${paper}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['nominations'] }),
  });
  const failed = adding.error ?? removing.error;
  return (
    <Card size="small" title="Giấy tờ kèm theo">
      {dossier.papers.length === 0 && <Nothing>Chưa có giấy tờ nào.</Nothing>}
      <ul className="plain">
        {dossier.papers.map((paper) => (
          <li key={paper.id}>
            {PAPER_NAMES[paper.kind]}: <a href={`/api/files/${paper.fileId}`}>{paper.name}</a>{' '}
            <small className="soft">
              {printSize(paper.size)} · {paper.recordedBy}, {printAnyDay(paper.recordedOn)}
            </small>
            {dossier.may.includes('edit') && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={`Bỏ ${paper.name}`}
                onClick={() => removing.mutate(paper.id)}
              />
            )}
          </li>
        ))}
      </ul>
      {mayAdd && (
        <Space wrap className="gap-above">
          <Select
            className="w-choice"
            value={kind}
            options={options(PAPER_NAMES)}
            aria-label="Loại giấy tờ"
            popupMatchSelectWidth={false}
            onChange={setKind}
          />
          <Upload
            showUploadList={false}
            accept=".pdf,.docx,.doc,.xlsx,.xls,.jpg,.jpeg,.png"
            beforeUpload={(file) => {
              adding.mutate(file);
              return false;
            }}
          >
            <Button icon={<UploadOutlined />} loading={adding.isPending}>
              Kèm tệp
            </Button>
          </Upload>
        </Space>
      )}
      {failed && (
        <div className="cell-error" role="alert">
          {failed.message}
        </div>
      )}
    </Card>
  );
}
