// Stands in for the CronExpression of cron-parser, which computes dates with luxon: the reader only hands its fields back in one.
exports.CronExpression = class {
  constructor(fields) {
    this.fields = fields;
  }
};
