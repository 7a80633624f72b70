/** What the scene asks the server. */

import { getBytes, getJson } from "../kit/http";
import type { LiveList, LiveView, SceneManifest, SearchHit, SearchResult, SpaceView, StoreyFiles, SunView } from "../wire/park";

export function sceneOf(park: string): Promise<SceneManifest> {
  return getJson(`/api/parks/${encodeURIComponent(park)}/scene`);
}

export function space(id: string): Promise<SpaceView> {
  return getJson(`/api/spaces/${encodeURIComponent(id)}`);
}

export async function search(park: string, words: string, signal: AbortSignal): Promise<readonly SearchHit[]> {
  const query = new URLSearchParams({ q: words, park, limit: "12" });
  return (await getJson<SearchResult>(`/api/search?${query.toString()}`, signal)).hits;
}

/** The sun over the park on `date`, an ISO day. */
export function sun(park: string, date: string): Promise<SunView> {
  return getJson(`/api/parks/${encodeURIComponent(park)}/sun?date=${date}`);
}

export async function statuses(park: string): Promise<readonly LiveView[]> {
  return (await getJson<LiveList>(`/api/parks/${encodeURIComponent(park)}/live`)).statuses;
}

export function storeys(url: string): Promise<StoreyFiles> {
  return getJson(url);
}

/** (east, north, height) [m] of each tree. */
export async function trees(url: string): Promise<Float32Array> {
  const bytes = await getBytes(url);
  return new Float32Array(bytes, 0, Math.floor(bytes.byteLength / 4));
}

export function liveChannel(park: string): string {
  return `/api/live?park=${encodeURIComponent(park)}`;
}
