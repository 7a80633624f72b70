/** One WebSocket of its own protocol, told as text and bytes; and how long to wait before the next. */

export interface SocketListener {
  opened(): void;
  text(data: string): void;
  bytes(data: ArrayBuffer): void;
  /** It is over, whoever ended it; 1006 where it broke or was never there. */
  closed(code: number): void;
}

/** More than this waits to be sent: what can be left out is left out [bytes]. */
const BEHIND = 16_384;

export class Socket {
  readonly #socket: WebSocket;
  #listener: SocketListener | null;

  constructor(address: string, protocol: string, listener: SocketListener) {
    this.#listener = listener;
    this.#socket = new WebSocket(address, protocol);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onopen = () => this.#listener?.opened();
    this.#socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
      if (typeof data === "string") this.#listener?.text(data);
      else this.#listener?.bytes(data);
    };
    this.#socket.onclose = ({ code }) => {
      const told = this.#listener;
      this.#listener = null;
      told?.closed(code);
    };
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** Whether the link is slower than what is sent. */
  get behind(): boolean {
    return this.#socket.bufferedAmount > BEHIND;
  }

  /** False where it is not open: nothing was sent. */
  send(data: string | ArrayBuffer): boolean {
    if (!this.open) return false;
    this.#socket.send(data);
    return true;
  }

  /** Ends it and hears nothing more of it. */
  drop(): void {
    this.#listener = null;
    this.#socket.close();
  }
}

const SHORTEST = 400;
const LONGEST = 20_000;
const GROWTH = 1.5;

/** How long to wait before try `attempt` (0, 1, …); `luck` (0 to 1) keeps many from coming at once [ms]. */
export function pause(attempt: number, luck: number): number {
  const whole = Math.min(SHORTEST * GROWTH ** attempt, LONGEST);
  return whole * (0.5 + luck / 2);
}
