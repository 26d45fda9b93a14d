/**
 * The command line of the operator: `npm run ops -- COMMAND [OPTIONS]`. Works on DATABASE_URL, or on the embedded database
 * of the data folder. Only the command's own output goes to standard output.
 */
import { Refused } from '@lib/kernel';
import { COMMANDS, USAGE } from './commands.js';

const [name, ...args] = process.argv.slice(2);
const command = COMMANDS[name ?? ''];

if (!command) {
  console.error(USAGE);
  process.exitCode = name === undefined || name === '--help' ? 0 : 2;
} else {
  try {
    process.exitCode = await command(args);
  } catch (error) {
    if (error instanceof Refused)
      for (const { code, field, message } of error.details)
        console.error(`${code}${field ? ` (${field})` : ''}: ${message}`);
    else console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = error instanceof Refused ? 1 : 3;
  }
}
