// Lets the code blocks of the docs use Angular's TestBed in Node, as far as nothing is drawn.
import { DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';

import '@angular/compiler';

const page = { querySelectorAll: (): readonly never[] => [], getElementById: (): null => null };
TestBed.initTestEnvironment(BrowserTestingModule, platformBrowserTesting([{ provide: DOCUMENT, useValue: page }]));
