import { inject, provideBrowserGlobalErrorListeners } from '@angular/core';
import type { ApplicationConfig } from '@angular/core';
import { provideHttpClient, withFetch } from '@angular/common/http';
import { provideClientHydration } from '@angular/platform-browser';
import { provideRouter } from '@angular/router';
import { intervalTrigger } from 'extended-scheduler';
import { provideJob, provideScheduler, withErrorHandler } from 'extended-scheduler/angular';
import { routes } from './app.routes';
import { Tips } from './tips';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    provideRouter(routes),
    provideClientHydration(),
    provideHttpClient(withFetch()),
    provideScheduler({ defaults: { timeout: { seconds: 10 } } }, withErrorHandler()),
    // a method of a service that does not know about schedulers
    provideJob('tips', intervalTrigger({ seconds: 8 }), () => inject(Tips).next()),
  ],
};
