// Stands in for the CronDate of cron-parser, a wrapper of luxon's DateTime: its fields only ask it for the lengths of the months.
exports.DAYS_IN_MONTH = Object.freeze([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
