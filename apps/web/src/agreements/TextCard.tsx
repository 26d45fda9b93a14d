import { PaperClipOutlined } from '@ant-design/icons';
import { Button, Card, Select } from 'antd';
import { useState } from 'react';
import { printAnyDay } from '../words/format.js';
import type { Agreement } from './agreements.contract.js';

/** The text, version by version: the latest is shown, the old ones stay readable. */
export function TextCard({ agreement, onRewrite }: { agreement: Agreement; onRewrite: () => void }) {
  const { texts, textNumber, may } = agreement;
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = texts.find(({ number }) => number === (chosen ?? textNumber));
  if (!shown) return null;
  const extra = (
    <>
      {texts.length > 1 && (
        <Select
          size="small"
          aria-label="Bản của văn bản"
          value={shown.number}
          onChange={setChosen}
          options={texts.map(({ number }) => ({
            value: number,
            label: number === textNumber ? `Bản ${number} (mới nhất)` : `Bản ${number}`,
          }))}
        />
      )}{' '}
      {may.includes('text') && (
        <Button size="small" onClick={onRewrite}>
          Soạn bản mới
        </Button>
      )}
    </>
  );
  return (
    <Card size="small" title={`Văn bản – bản ${shown.number}`} extra={extra}>
      {shown.number !== textNumber && <p className="hint">Đây là bản cũ, giữ lại để đối chiếu.</p>}
      <strong>{shown.title}</strong>
      <p className="text-body">{shown.body}</p>
      <p className="soft">
        {shown.recordedBy}, {printAnyDay(shown.recordedOn)}
        {shown.fileId && (
          <>
            {' · '}
            <a href={`/api/files/${shown.fileId}`}>
              <PaperClipOutlined aria-hidden /> tệp toàn văn
            </a>
          </>
        )}
      </p>
    </Card>
  );
}
