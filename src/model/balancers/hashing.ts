/** Hashes of whole numbers: of keys, clients and instances, and of what is made from them. */

/** The finaliser of MurmurHash3 (Appleby): every bit of 32 depends on every bit of 32. */
export function mix(value: number, seed: number): number {
  let hash = Math.imul(value ^ Math.imul(seed, 0x9e3779b1), 0x85ebca6b);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** CRC-32 (IEEE 802.3) of the four bytes of a number, the lowest first, continued from another. */
export function crc32(value: number, before = 0): number {
  let crc = ~before;
  for (let shift = 0; shift < 32; shift += 8) {
    crc = (crc >>> 8) ^ crcTable[(crc ^ (value >>> shift)) & 255]!;
  }
  return ~crc >>> 0;
}

const crcTable = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});
