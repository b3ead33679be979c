/**
 * Timing steps in a process that is asked line by line.
 */
import { createInterface } from 'node:readline';

const seconds = () => performance.now() / 1000;

/**
 * The seconds of the fastest step of those taken in `time` seconds, after as many to warm up; short steps are timed many at a time, as
 * a clock ticks in microseconds.
 */
export function fastest(step, time) {
  const began = seconds();
  let count = 0;
  do {
    step();
    count += 1;
  } while (seconds() - began < time);
  const batch = Math.max(1, Math.floor((count / time) * 0.001));
  let best = Infinity;
  const from = seconds();
  do {
    const start = seconds();
    for (let i = 0; i < batch; i++) step();
    best = Math.min(best, (seconds() - start) / batch);
  } while (seconds() - from < time);
  return best;
}

/** Answers every line of standard input, until it ends. */
export async function serve(answer) {
  for await (const line of createInterface({ input: process.stdin }))
    console.log(JSON.stringify({ seconds: await answer(JSON.parse(line)) }));
}
