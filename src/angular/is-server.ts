import { PLATFORM_ID, inject } from '@angular/core';

/** Whether Angular renders on a server here. */
export function isServer(): boolean {
  return (inject(PLATFORM_ID) as unknown) === 'server';
}
