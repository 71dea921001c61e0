// One plain closing line for the Node run, as the browser run has.
let passed = 0,
  failed = 0,
  skipped = 0;
jasmine.getEnv().addReporter({
  specDone(result) {
    if (result.status === 'passed') passed++;
    else if (result.status === 'failed') failed++;
    else skipped++;
  },
});
process.on('exit', () => {
  console.log(`node: ${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`);
});
