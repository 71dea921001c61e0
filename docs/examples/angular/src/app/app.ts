import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { Tips } from './tips';
import { Uptime } from './uptime';

@Component({
  selector: 'app-root',
  imports: [RouterLink, RouterLinkActive, RouterOutlet],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <header>
      <a class="brand" routerLink="/">
        <svg viewBox="0 0 32 32" aria-hidden="true">
          <circle cx="16" cy="16" r="13" />
          <path d="M16 8v8l6 4" />
        </svg>
        Extended Scheduler
      </a>
      <nav>
        <a routerLink="/" routerLinkActive="here" [routerLinkActiveOptions]="{ exact: true }">Dashboard</a>
        <a routerLink="/elsewhere" routerLinkActive="here">Elsewhere</a>
      </nav>
    </header>
    <main><router-outlet /></main>
    <footer>
      <p>{{ tips.tip() }}</p>
      <p class="uptime">alive for {{ uptime.seconds() }} s</p>
    </footer>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-rows: auto 1fr auto;
      min-height: 100vh;
      max-width: 72rem;
      margin: 0 auto;
      padding: 0 1.5rem;
    }
    header,
    footer {
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 1.5rem;
      padding: 1.25rem 0;
    }
    .brand {
      display: flex;
      align-items: center;
      gap: 0.6rem;
      font-weight: 650;
      letter-spacing: -0.01em;
      color: inherit;
      text-decoration: none;
    }
    .brand svg {
      flex: none;
      width: 1.6rem;
      fill: none;
      stroke: var(--live);
      stroke-width: 4;
    }
    .brand path {
      stroke: var(--warm);
      stroke-width: 3;
      stroke-linecap: round;
    }
    nav {
      display: flex;
      gap: 0.25rem;
    }
    nav a {
      padding: 0.4rem 0.8rem;
      border-radius: 999px;
      color: var(--soft);
      text-decoration: none;
    }
    nav a:hover {
      color: var(--ink);
    }
    nav .here {
      background: var(--panel);
      color: var(--ink);
    }
    footer {
      color: var(--soft);
      font-size: 0.9rem;
    }
    footer p {
      margin: 0;
    }
    .uptime {
      flex: none;
      font-variant-numeric: tabular-nums;
    }
  `,
})
export class App {
  protected readonly tips = inject(Tips);
  protected readonly uptime = inject(Uptime);
}
