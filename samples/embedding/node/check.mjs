// Lacuna from Node, through `lacuna worker`: no native code, and a document that crashes its reader is one answer.
//
//   node check.mjs protocol.docx [key=value]...
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

export class Worker {
  #process;
  #waiting = new Map();
  #last = 0;

  constructor(program = process.env.LACUNA ?? 'lacuna', flags = []) {
    this.#process = spawn(program, ['worker', ...flags], { stdio: ['pipe', 'pipe', 'inherit'] });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#hear(JSON.parse(line)));
    this.#process.on('close', (code) => {
      for (const one of this.#waiting.values()) one.reject(new Error(`the worker ended with ${code}`));
      this.#waiting.clear();
    });
  }

  #hear(answer) {
    const one = this.#waiting.get(answer.id);
    if (one === undefined) return;
    if (answer.progress) {
      one.progress?.(answer.progress);
    } else {
      this.#waiting.delete(answer.id);
      one.resolve(answer);
    }
  }

  // The answer of docs/worker.md. `signal`: an AbortSignal.
  ask(request, { progress, signal } = {}) {
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, progress });
      signal?.addEventListener('abort', () => this.#process.stdin.write(`${JSON.stringify({ cancel: id })}\n`));
      this.#process.stdin.write(`${JSON.stringify({ ...request, id, progress: progress !== undefined })}\n`);
    });
  }

  // Ends once everything is answered.
  close() {
    this.#process.stdin.end();
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const worker = new Worker();
  const options = Object.fromEntries(process.argv.slice(3).map((word) => word.split(/=(.*)/s).slice(0, 2)));
  const answer = await worker.ask({ do: 'check', path: process.argv[2], options });
  worker.close();
  process.stdout.write(`${JSON.stringify(answer.result ?? answer.error)}\n`);
  process.exitCode = answer.exit_code;
}
