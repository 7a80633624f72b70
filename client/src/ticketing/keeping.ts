/** What makes the page open without network: its files in a cache, and the worker that answers from it (worker.ts). */

import type { Language } from "../kit/i18n";

const LANGUAGES: readonly Language[] = ["zh-CN", "en"];

/** Keeps this page in all languages, and all it has loaded, and lets the worker answer for it. */
export async function keepPage(page: string, language: Language, files: readonly string[]): Promise<boolean> {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return false;
  const cache = await caches.open(nameOf(page));
  const others = LANGUAGES.filter((one) => one !== language);
  const words = LANGUAGES.map((one) => `/messages/${one}.json`);
  await cache.addAll([...words, ...files]);
  // whoever asks for a page in a language is given that one from then on: theirs comes last
  for (const one of [...others, language]) await cache.add(inLanguage(page, one));
  await cache.add(page);
  const wanted = new Set([page, ...LANGUAGES.map((one) => inLanguage(page, one)), ...words, ...files].map((one) => new URL(one, window.location.href).href));
  for (const request of await cache.keys()) if (!wanted.has(request.url)) await cache.delete(request);
  await navigator.serviceWorker.register(`${page}/worker.js`, { scope: page });
  await navigator.serviceWorker.ready;
  return true;
}

function inLanguage(page: string, language: Language): string {
  return `${page}?lang=${language}`;
}

/** Forgets the page, and ends the worker. */
export async function dropPage(page: string): Promise<void> {
  await caches.delete(nameOf(page));
  const registration = await navigator.serviceWorker.getRegistration(page);
  await registration?.unregister();
}

/** The scripts and styles that this page has loaded. */
export function loadedFiles(): string[] {
  const linked = [...document.querySelectorAll<HTMLElement>("script[src], link[rel=stylesheet], link[rel=modulepreload]")];
  const named = linked.map((one) => one.getAttribute("src") ?? one.getAttribute("href") ?? "");
  const fetched = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const assets = fetched.filter(({ origin }) => origin === window.location.origin).map(({ pathname }) => pathname);
  return [...new Set([...named, ...assets])].filter((one) => one.startsWith("/assets/"));
}

function nameOf(page: string): string {
  return `gate:${page}`;
}
