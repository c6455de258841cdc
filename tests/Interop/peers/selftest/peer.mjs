// Starts one of the peers and talks JSON lines with it, as the tests in C# do.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** The script is named from the folder above, or by its URL. */
export class Peer {
  constructor(script) {
    this.process = spawn(process.execPath, [fileURLToPath(new URL(script, new URL("..", import.meta.url)))], { stdio: ["pipe", "pipe", "pipe"] });
    this.next = 0;
    this.waiting = new Map();
    this.errors = "";
    this.unexpected = [];
    this.process.stderr.on("data", (data) => (this.errors += data));
    createInterface({ input: this.process.stdout }).on("line", (line) => this.take(line));
    this.exited = new Promise((resolve) => this.process.on("exit", resolve));
  }

  take(line) {
    let answer;
    try {
      answer = JSON.parse(line);
    } catch {
      this.unexpected.push(line);
      return;
    }
    this.waiting.get(answer.id)?.(answer);
    this.waiting.delete(answer.id);
  }

  /** The answer, whether ok or not. */
  ask(cmd, fields = {}) {
    const id = ++this.next;
    const answer = new Promise((resolve) => this.waiting.set(id, resolve));
    this.process.stdin.write(JSON.stringify({ id, cmd, ...fields }) + "\n");
    return answer;
  }

  /** The answer, or an error when it is not ok. */
  async do(cmd, fields) {
    const answer = await this.ask(cmd, fields);
    if (!answer.ok) throw new Error(`${cmd}: ${answer.statusCode} ${answer.message}\n${this.errors.slice(-2000)}`);
    return answer;
  }

  async leave() {
    this.process.stdin.end();
    return this.exited;
  }
}
