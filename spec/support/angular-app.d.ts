import type { ChildProcess } from 'node:child_process';

export function install(): void;
export function build(configuration: 'production' | 'development'): void;
export function serve(port: number): ChildProcess;
