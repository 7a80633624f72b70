import { describe, expect, it } from "vitest";

import { type Hall, lonely, pickedInstead, type Seat, type SeatState, stepped, toggled, told, total } from "./hall";

const STATES: Readonly<Record<string, SeatState>> = { ".": "free", x: "sold", h: "held" };

/** Rows as they are drawn: `.` free, `x` sold, a blank an aisle; seats are called by letter and number. */
function hall(...rows: readonly string[]): Hall {
  return {
    rows: rows.map((drawn, row) => {
      const seats: Seat[] = [];
      let gap = true;
      for (const [x, mark] of [...drawn].entries()) {
        const state = STATES[mark];
        if (state) {
          const id = `${"abc"[row]}${seats.length + 1}`;
          seats.push({ id, name: id.toUpperCase(), type: "t", price: 1000 * (row + 1), x, gap, state });
        }
        gap = state === undefined;
      }
      return seats;
    }),
    picked: [],
    gone: [],
  };
}

function picking(before: Hall, ...ids: readonly string[]): Hall {
  return ids.reduce((now, id) => toggled(now, id, 10), before);
}

describe("picking seats", () => {
  it("picks what is free, and lets it go again", () => {
    const one = picking(hall("..x"), "a1");

    expect(one.picked).toEqual(["a1"]);
    expect(picking(one, "a1").picked).toEqual([]);
  });

  it("does not pick what is taken, what is not there, or more than one may buy", () => {
    expect(picking(hall(".x"), "a2", "z9").picked).toEqual([]);
    expect(toggled(picking(hall("..."), "a1", "a2"), "a3", 2).picked).toEqual(["a1", "a2"]);
  });

  it("adds up prices", () => {
    expect(total(picking(hall("..", ".."), "a1", "b2"))).toBe(3000);
  });

  it("takes a whole proposal instead", () => {
    expect(pickedInstead(picking(hall(".x.."), "a1"), ["a3", "a4", "a2"]).picked).toEqual(["a3", "a4"]);
  });
});

describe("what others do", () => {
  it("shows what they take and give back", () => {
    const now = told(hall(".x"), [["a1", "held"], ["a2", "free"]]);

    expect(now.rows[0]?.map((seat) => seat.state)).toEqual(["held", "free"]);
  });

  it("tells which of the picked ones went, and forgets that when they come back", () => {
    const now = told(picking(hall("..."), "a1", "a2"), [["a2", "sold"]]);

    expect([now.picked, now.gone]).toEqual([["a1"], ["a2"]]);
    expect(told(now, [["a2", "free"]]).gone).toEqual([]);
  });

  it("leaves rows as they are of which nothing is said", () => {
    const before = hall("..", "..");

    expect(told(before, [["b1", "sold"]]).rows[0]).toBe(before.rows[0]);
  });
});

describe("a lonely seat", () => {
  const ids = (now: Hall): readonly string[] => lonely(now).map((seat) => seat.id);

  it("is left at the end of a row, or between", () => {
    expect(ids(picking(hall("......"), "a2", "a3"))).toEqual(["a1"]);
    expect(ids(picking(hall("......"), "a2", "a4"))).toEqual(["a1", "a3"]);
    expect(ids(picking(hall("x...."), "a3"))).toEqual(["a2"]);
  });

  it("is one beside an aisle, too", () => {
    expect(ids(picking(hall("... ..."), "a2", "a3"))).toEqual(["a1"]);
    expect(ids(picking(hall("... ..."), "a1", "a2", "a3"))).toEqual([]);
  });

  it("is nobody's fault that was alone before", () => {
    expect(ids(picking(hall(".x.."), "a3", "a4"))).toEqual([]);
  });
});

describe("keys", () => {
  const both = hall("... ...", " ..x.. ");

  it("lead along a row, over aisles and taken seats", () => {
    expect(stepped(both, "a3", "ArrowRight")).toBe("a4");
    expect(stepped(both, "b2", "ArrowRight")).toBe("b3");
    expect(stepped(both, "a1", "ArrowLeft")).toBe("a1");
    expect(stepped(both, "b3", "Home")).toBe("b1");
    expect(stepped(both, "b3", "End")).toBe("b5");
  });

  it("lead to the seat right in front or behind", () => {
    expect(stepped(both, "a5", "ArrowDown")).toBe("b5");
    expect(stepped(both, "b3", "ArrowUp")).toBe("a3");
    expect(stepped(both, "a1", "ArrowUp")).toBe("a1");
    expect(stepped(both, "a6", "PageDown")).toBe("b5");
  });

  it("lead nowhere from a seat that is not there", () => {
    expect(stepped(both, "z9", "ArrowUp")).toBe("z9");
  });
});
