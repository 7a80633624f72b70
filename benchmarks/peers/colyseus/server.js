// The same shared world on Colyseus: PORT to listen on, INTEREST=1: at most 32 nearest within 50 m
// by a StateView each, else everyone is told everything. Prints "ready" when it listens.
import { Room, Server } from "@colyseus/core";
import { StateView, schema, t } from "@colyseus/schema";
import * as schemas from "@colyseus/schema";
import { WebSocketTransport } from "@colyseus/ws-transport";

schemas.Encoder.BUFFER_SIZE = 1 << 20;

const INTEREST = process.env.INTEREST === "1";
const PATCH = 50; // [ms] between two patches: 20 a second
const REFRESH = 250; // [ms] between two looks at who is near
const REACH = 5_000; // [cm]
const MOST = 32;
const AREA = 65_536; // [cm] that coordinates can name
const CELLS = Math.ceil(AREA / REACH);

const Person = schema(
  { east: t.uint16(), north: t.uint16(), height: t.uint16(), heading: t.uint16(), posture: t.uint8() },
  "Person",
);
const State = schema({ people: INTEREST ? t.map(Person).view() : t.map(Person) }, "State");

class World extends Room {
  maxClients = 20_000;
  patchRate = PATCH;
  autoDispose = false;

  onCreate() {
    this.state = new State();
    this.onMessageBytes(0, (client, bytes) => {
      const person = client.userData;
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      person.posture = view.getUint8(1);
      person.heading = view.getUint16(2, true);
      person.east = view.getInt32(4, true);
      person.north = view.getInt32(8, true);
      person.height = view.getInt32(12, true);
    });
    if (INTEREST) this.clock.setInterval(() => this.look(), REFRESH);
  }

  onJoin(client) {
    const person = new Person();
    person.east = person.north = person.height = person.heading = person.posture = 0;
    client.userData = person;
    this.state.people.set(client.sessionId, person);
    if (INTEREST) {
      client.view = new StateView();
      client.seen = new Set();
    }
  }

  onLeave(client) {
    this.state.people.delete(client.sessionId);
  }

  /** Show everyone who is near them now. */
  look() {
    const people = this.clients.map((client) => client.userData);
    const cells = Array.from({ length: CELLS * CELLS }, () => []);
    people.forEach((person, number) => cells[cell(person.east, person.north)].push(number));
    const found = new Float64Array(people.length);
    this.clients.forEach((client, self) => {
      const count = nearest(people, cells, self, found);
      const seen = new Set();
      for (let place = 0; place < count; place++) seen.add(people[found[place] % AREA]);
      for (const person of client.seen) if (!seen.has(person)) client.view.remove(person);
      for (const person of seen) if (!client.seen.has(person)) client.view.add(person);
      client.seen = seen;
    });
  }
}

function cell(east, north) {
  return Math.floor(north / REACH) * CELLS + Math.floor(east / REACH);
}

/** Puts the nearest of `self` into `found`, as distance² × AREA + number; answers how many. */
function nearest(people, cells, self, found) {
  const { east, north } = people[self];
  const column = Math.floor(east / REACH);
  const row = Math.floor(north / REACH);
  let count = 0;
  for (let r = Math.max(0, row - 1); r <= Math.min(CELLS - 1, row + 1); r++) {
    for (let c = Math.max(0, column - 1); c <= Math.min(CELLS - 1, column + 1); c++) {
      for (const number of cells[r * CELLS + c]) {
        const across = people[number].east - east;
        const up = people[number].north - north;
        const far = across * across + up * up;
        if (number !== self && far <= REACH * REACH) found[count++] = far * AREA + number;
      }
    }
  }
  found.subarray(0, count).sort();
  return Math.min(count, MOST);
}

const server = new Server({ transport: new WebSocketTransport({ pingInterval: 0 }), greet: false });
server.define("world", World);
await server.listen(Number(process.env.PORT), "127.0.0.1");
console.log("ready");
