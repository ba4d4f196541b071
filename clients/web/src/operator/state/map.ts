/** A map without a foreign tile: how far and which way, on a disc around here. Lengths are parts of 50, its half. */

import { bearing, direction, distanceKm, type Point } from "./place.svelte";

/** What lies close together on the map. */
export interface Mark {
  key: string;
  x: number;
  y: number;
  /** Of the one that is nearest. */
  km: number;
  direction: number;
  places: Point[];
}

interface Drawing {
  rings: { km: number; radius: number }[];
  marks: Mark[];
}

/** Nothing is farther than 20,016 km. */
const [NEAREST_KM, FARTHEST_KM] = [0.1, 20_100];
const RINGS_KM = [1, 10, 100, 1_000, FARTHEST_KM];
/** Of the outermost ring. */
const RADIUS = 42;
/** A thumb's width on the smallest phone. */
const APART = 16;

/** By the logarithm of the distance, so that a street and an ocean fit; as large as the farthest of them asks for. */
export function draw(from: Point, places: Point[]): Drawing {
  const near = places.map((place) => ({ place, km: distanceKm(from, place) })).sort((one, other) => one.km - other.km);
  const farthest = near.at(-1)?.km ?? 0;
  const edge = RINGS_KM.find((km) => km >= farthest) ?? FARTHEST_KM;
  const reach = (km: number) => (RADIUS * Math.log(Math.max(km / NEAREST_KM, 1))) / Math.log(edge / NEAREST_KM);
  const marks: Mark[] = [];
  for (const { place, km } of near) {
    const angle = bearing(from, place);
    const [x, y] = [reach(km) * Math.sin(angle), -reach(km) * Math.cos(angle)];
    const same = marks.find((mark) => Math.hypot(mark.x - x, mark.y - y) < APART);
    if (same) same.places.push(place);
    else marks.push({ key: `${place.lat} ${place.lng}`, x, y, km, direction: direction(from, place), places: [place] });
  }
  const rings = RINGS_KM.filter((km) => km <= edge && km < FARTHEST_KM).map((km) => ({ km, radius: reach(km) }));
  return { rings, marks };
}
