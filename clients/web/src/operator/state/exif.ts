/** What a camera writes into its file: when a photo was taken, and where (Exif 2.32, 4.6; TIFF 6.0, 2). */

type Field = { tag: number; type: number; count: number; bytes: number[] };

const [ASCII, LONG, RATIONAL] = [2, 4, 5];
const [EXIF_POINTER, GPS_POINTER] = [0x8769, 0x8825];
const [TAKEN_AT, OFFSET] = [0x9003, 0x9011];
const [LAT_REF, LAT, LNG_REF, LNG, ERROR_M] = [1, 2, 3, 4, 0x1f];
const [FIELD_BYTES, INLINE_BYTES] = [12, 4];
/** The byte order, and where the first directory is. */
const HEADER = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
/** Parts of a second of arc: a third of a metre on the ground. */
const PARTS = 100;

/** The JPEG with the moment and, where it is known, the place; pixels stay as they are. */
export function stamped(jpeg: Blob, taken: Date, place?: GeolocationCoordinates): Blob {
  const exif = [text(TAKEN_AT, local(taken)), text(OFFSET, offset(taken))];
  const gps = place ? position(place) : [];
  // The pointers' own values do not change how long their directory is.
  const first = (at: number[]) => [long(EXIF_POINTER, at[0] ?? 0), ...(place ? [long(GPS_POINTER, at[1] ?? 0)] : [])];
  const exifAt = HEADER.length + directory(first([]), 0).length;
  const gpsAt = exifAt + directory(exif, exifAt).length;
  const tiff = [
    ...HEADER,
    ...directory(first([exifAt, gpsAt]), HEADER.length),
    ...directory(exif, exifAt),
    ...(place ? directory(gps, gpsAt) : []),
  ];
  const block = [...ascii("Exif\0\0"), ...tiff];
  const segment = new Uint8Array([0xff, 0xe1, ...number(block.length + 2, 2), ...block]);
  return new Blob([jpeg.slice(0, 2), segment, jpeg.slice(2)], { type: jpeg.type });
}

function position({ latitude, longitude, accuracy }: GeolocationCoordinates): Field[] {
  return [
    text(LAT_REF, latitude < 0 ? "S" : "N"),
    rationals(LAT, arc(latitude)),
    text(LNG_REF, longitude < 0 ? "W" : "E"),
    rationals(LNG, arc(longitude)),
    rationals(ERROR_M, [[Math.round(accuracy), 1]]),
  ];
}

/** Fields in the order of their tags; what is longer than four bytes stands after them. `at`: where the directory is. */
function directory(fields: Field[], at: number): number[] {
  let end = at + 2 + fields.length * FIELD_BYTES + 4;
  const [entries, values]: [number[], number[]] = [[], []];
  for (const { tag, type, count, bytes } of fields) {
    entries.push(...number(tag, 2), ...number(type, 2), ...number(count, 4));
    if (bytes.length <= INLINE_BYTES) {
      entries.push(...bytes, ...Array<number>(INLINE_BYTES - bytes.length).fill(0));
    } else {
      entries.push(...number(end, 4));
      values.push(...bytes);
      end += bytes.length;
    }
  }
  return [...number(fields.length, 2), ...entries, 0, 0, 0, 0, ...values];
}

function text(tag: number, value: string): Field {
  const bytes = ascii(`${value}\0`);
  return { tag, type: ASCII, count: bytes.length, bytes };
}

const long = (tag: number, value: number): Field => ({ tag, type: LONG, count: 1, bytes: number(value, 4) });

function rationals(tag: number, values: [number, number][]): Field {
  const bytes = values.flat().flatMap((value) => number(value, 4));
  return { tag, type: RATIONAL, count: values.length, bytes };
}

/** Degrees, minutes and seconds. */
function arc(degrees: number): [number, number][] {
  const all = Math.round(Math.abs(degrees) * 3_600 * PARTS);
  const minutes = Math.floor(all / (60 * PARTS));
  return [[Math.floor(minutes / 60), 1], [minutes % 60, 1], [all % (60 * PARTS), PARTS]];
}

/** 2026:02:05 13:04:05, by the clock of this device. */
function local(time: Date): string {
  const day = [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(two).join(":");
  return `${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(":")}`;
}

/** +01:00 */
function offset(time: Date): string {
  const minutes = -time.getTimezoneOffset();
  const hours = Math.floor(Math.abs(minutes) / 60);
  return `${minutes < 0 ? "-" : "+"}${two(hours)}:${two(Math.abs(minutes) % 60)}`;
}

const two = (value: number) => String(value).padStart(2, "0");
const ascii = (value: string) => Array.from(value, (letter) => letter.charCodeAt(0));
const number = (value: number, bytes: number) =>
  Array.from({ length: bytes }, (_, index) => Math.floor(value / 256 ** (bytes - 1 - index)) % 256);
