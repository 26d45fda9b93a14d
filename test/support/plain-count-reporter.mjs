/** Ends the run with one line that counts what passed and what failed; a file that could not even start is a failure. */
export default class PlainCountReporter {
  onRunComplete(_contexts, results) {
    const skipped = results.numPendingTests + results.numTodoTests;
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const line = `Tests: ${results.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`;
    // Jest's own summary comes after all reporters; the count is to be the very last line.
    process.once('exit', () => process.stdout.write(line));
  }
}
