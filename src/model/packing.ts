/** What pods ask of nodes, and how many nodes they need: first fit, in the order they came. */

/** What a node has left, or a pod asks for. */
export interface Room {
  /** Thousandths of a core [millicores], so that sums are exact. */
  readonly millicores: number;
  /** [bytes] */
  readonly memory: number;
  /** [pods] */
  readonly pods: number;
}

export function fits(need: Room, room: Room): boolean {
  return need.millicores <= room.millicores && need.memory <= room.memory && need.pods <= room.pods;
}

/** What is left of a room when something has been taken. */
export function without(room: Room, need: Room): Room {
  return {
    millicores: room.millicores - need.millicores,
    memory: room.memory - need.memory,
    pods: room.pods - need.pods,
  };
}

/** What is there when something has been given back, or what two ask for together. */
export function plus(one: Room, other: Room): Room {
  return {
    millicores: one.millicores + other.millicores,
    memory: one.memory + other.memory,
    pods: one.pods + other.pods,
  };
}

/** Puts each need into the first room it fits, which it changes; those that fit nowhere are given back. */
export function pack(needs: readonly Room[], rooms: Room[]): Room[] {
  return needs.filter((need) => {
    const place = rooms.findIndex((room) => fits(need, room));
    if (place < 0) return true;
    rooms[place] = without(rooms[place]!, need);
    return false;
  });
}

/** Empty nodes needed beside those that are coming [nodes]; what fits no empty node needs none. */
export function nodesNeeded(needs: readonly Room[], coming: readonly Room[], empty: Room): number {
  const rooms = [...coming];
  for (const need of needs) {
    if (!fits(need, empty) || pack([need], rooms).length === 0) continue;
    rooms.push(without(empty, need));
  }
  return rooms.length - coming.length;
}
