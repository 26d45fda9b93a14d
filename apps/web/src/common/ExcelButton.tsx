import { FileExcelOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { App, Button, type ButtonProps } from 'antd';
import { download, query } from '../http.js';

interface Props {
  /** Address of the list; its workbook stands beside it. */
  path: string;
  /** The filters that the list shows now: the workbook holds the same rows, all pages of them. */
  values?: Readonly<Record<string, string | number | boolean | null | undefined>>;
  label?: string;
  size?: ButtonProps['size'];
}

/** "Tải Excel": the list as it is filtered now, as a workbook to print or to work on. */
export function ExcelButton({ path, values = {}, label = 'Tải Excel', size }: Props) {
  const { message } = App.useApp();
  const loading = useMutation({
    mutationFn: () => download(`${path}/xlsx${query(values)}`),
    onError: (error) => void message.error(error instanceof Error ? error.message : 'Chưa tải được tệp Excel.', 6),
  });
  return (
    <Button
      className="no-print"
      {...(size ? { size } : {})}
      icon={<FileExcelOutlined aria-hidden />}
      loading={loading.isPending}
      onClick={() => loading.mutate()}
    >
      {label}
    </Button>
  );
}
