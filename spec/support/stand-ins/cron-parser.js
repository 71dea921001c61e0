// Stands in for cron-parser in the built package: its own reader, which nothing runs before the first expression is read.

/** `CronExpressionParser` with the one function that src/cron calls. */
export const CronExpressionParser = {
  parse: (expression) => require('cron-parser/dist/CronExpressionParser.js').CronExpressionParser.parse(expression),
};
