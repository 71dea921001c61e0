import { inject, PLATFORM_ID } from '@angular/core';

/** True if Angular renders on a server. */
export function isServer(): boolean {
  return (inject(PLATFORM_ID) as unknown) === 'server';
}
