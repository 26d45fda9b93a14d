import { types } from 'pg';
import { DataSource, type DataSourceOptions, type MixedList } from 'typeorm';

// A `date` is a calendar day, not an instant: as a JavaScript Date it would move with the server's time zone.
const DATE_OID = 1082;
types.setTypeParser(DATE_OID, (text) => text);

type Migrations = MixedList<Function | string>;

/** Connection options shared by the api, the worker, the command line and the tests. */
export function databaseOptions(url: string, migrations: Migrations = [], poolSize = 10): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    migrations,
    migrationsTransactionMode: 'each',
    migrationsTableName: 'migration',
    synchronize: false,
    // Numbers stay numbers: counts fit in 2^53, and a bigint that came as a string would be added as text.
    parseInt8: true,
    applicationName: 'so-vang',
    extra: { max: poolSize, options: '-c TimeZone=Asia/Ho_Chi_Minh -c jit=off' },
  };
}

export async function connect(url: string, migrations: Migrations = [], poolSize?: number): Promise<DataSource> {
  const source = new DataSource(databaseOptions(url, migrations, poolSize));
  return source.initialize();
}
