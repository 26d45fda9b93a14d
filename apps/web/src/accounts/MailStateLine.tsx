import { Alert } from 'antd';
import { printNumber } from '../words/format.js';
import { useMailState } from './accounts.api.js';

/** Says so where mail does not leave: nobody would notice otherwise. */
export function MailStateLine({ always = false }: { always?: boolean }) {
  const { data } = useMailState(true);
  if (!data) return null;
  const { available, waiting, givenUp, lastError } = data;
  if (!available) {
    return always ? <p className="hint">Chưa nối máy chủ thư: thông báo chỉ hiện trong hệ thống.</p> : null;
  }
  if (givenUp === 0 && lastError === null) {
    return always ? <p className="hint">Thư đi bình thường; {printNumber(waiting)} thư đang chờ gửi.</p> : null;
  }
  return (
    <Alert
      className="gap-below"
      type="warning"
      showIcon
      title={`Thư: ${printNumber(waiting)} đang chờ gửi lại, ${printNumber(givenUp)} không gửi được. Lỗi gần nhất: ${lastError ?? 'không rõ'}.`}
    />
  );
}
