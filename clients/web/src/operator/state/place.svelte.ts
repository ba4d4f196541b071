/** Where the operator is, if they say so; and how far something is from there. Positions stay on this device. */

export interface Point {
  lat: number;
  lng: number;
}

const EARTH_KM = 6_371;
const ARROWS = ["↑", "↗", "→", "↘", "↓", "↙", "←", "↖"] as const;
const LIMITS: PositionOptions = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 0 };

class Here {
  point = $state.raw<Point>();
  denied = $state(false);

  async find(): Promise<void> {
    try {
      const { latitude: lat, longitude: lng } = (await position()).coords;
      this.point = { lat, lng };
      this.denied = false;
    } catch {
      this.denied = true;
    }
  }
}

export function position(): Promise<GeolocationPosition> {
  return new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject, LIMITS));
}

/** Kilometres on a sphere. */
export function distanceKm(from: Point, to: Point): number {
  const [a, b] = [radians(from.lat), radians(to.lat)];
  const half = (x: number) => Math.sin(x / 2) ** 2;
  const chord = half(b - a) + Math.cos(a) * Math.cos(b) * half(radians(to.lng - from.lng));
  return 2 * EARTH_KM * Math.asin(Math.sqrt(chord));
}

/** Which way to go at first: radians from north, clockwise, from -π to π. */
export function bearing(from: Point, to: Point): number {
  const [a, b, across] = [radians(from.lat), radians(to.lat), radians(to.lng - from.lng)];
  const x = Math.cos(a) * Math.sin(b) - Math.sin(a) * Math.cos(b) * Math.cos(across);
  return Math.atan2(Math.sin(across) * Math.cos(b), x);
}

/** The same in words: 0 is north, 2 is east, 7 is north-west. */
export function direction(from: Point, to: Point): number {
  return Math.round((bearing(from, to) / Math.PI) * 4 + 8) % 8;
}

export const arrow = (direction: number): string => ARROWS[direction] ?? "";

/** The point of a place that has one. */
export function pointOf(place: { lat?: number | null; lng?: number | null }): Point | undefined {
  const { lat, lng } = place;
  return typeof lat === "number" && typeof lng === "number" ? { lat, lng } : undefined;
}

const radians = (degrees: number) => (degrees * Math.PI) / 180;

export const here = new Here();
