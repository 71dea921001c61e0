// Time
export { VirtualClock } from './virtual-clock.js';
export type { RunAllOptions } from './virtual-clock.js';

// Plans
export { simulate } from './simulate.js';
export type { JobSummary, SimulateOptions, Simulation, SimulationSetup } from './simulate.js';
export { timeline } from './timeline.js';
export type { TimelineOptions } from './timeline.js';

// Marbles
export { marbles } from './marbles.js';
export type { MarblesHelpers, MarblesOptions } from './marbles.js';

// Timetables
export { describeTimetable } from './describe-timetable.js';
export type { ConformanceOptions } from './describe-timetable.js';
