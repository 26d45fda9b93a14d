import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { Mark } from '../common/Mark.js';
import { Failed, Loading, Nothing } from '../common/states.js';
import type { Id, Page } from '../contract.js';
import { http } from '../http.js';
import type { BlocCampaign } from './blocs.contract.js';

/** Campaigns that the bloc itself launches. */
export function BlocCampaigns({ bloc }: { bloc: Id }) {
  const list = useQuery({
    queryKey: ['campaigns', 'of-bloc', bloc],
    queryFn: () => http.get<Page<BlocCampaign>>('/campaigns', { bloc, limit: 100 }),
  });
  if (list.isPending) return <Loading rows={2} />;
  if (list.isError) return <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data.items.length === 0) return <Nothing>Khối, cụm chưa phát động phong trào riêng.</Nothing>;
  return (
    <ul>
      {list.data.items.map(({ id, name, stateName }) => (
        <li key={id}>
          <Link to={`/phong-trao/${id}`}>{name}</Link> <Mark>{stateName}</Mark>
        </li>
      ))}
    </ul>
  );
}
