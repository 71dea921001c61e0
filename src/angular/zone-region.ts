import { NgZone, untracked } from '@angular/core';
import { Observable, isObservable } from 'rxjs';
import type { Region } from '../time/world.js';

type AnyFunction = (...args: never[]) => unknown;

/** What is done inside of Angular's zone, or outside of it. Without zone.js both are the same place. */
export function zoneRegion(zone: NgZone, runInZone: boolean): Region {
  return runInZone ? (work) => zone.run(work) : (work) => zone.runOutsideAngular(work);
}

/** The same job function, which runs within a region, as does the Observable that it returns. The signals that it reads bind nobody. */
export function jobWithin(region: Region, job: AnyFunction): AnyFunction {
  return (...args) =>
    region(() => {
      const result = untracked(() => job(...args));
      if (!isObservable(result)) return result;
      return new Observable((subscriber) => region(() => result.subscribe(subscriber)));
    });
}
