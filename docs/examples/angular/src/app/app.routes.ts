import type { Routes } from '@angular/router';

export const routes: Routes = [
  { path: '', loadComponent: () => import('./dashboard/dashboard').then((module) => module.Dashboard) },
  { path: 'elsewhere', loadComponent: () => import('./elsewhere').then((module) => module.Elsewhere) },
  { path: '**', redirectTo: '' },
];
