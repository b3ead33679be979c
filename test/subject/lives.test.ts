import { describe, expect, it } from 'vitest';
import { AdapterError } from '../../src/scenario/adapter-error.ts';
import type { Scenario } from '../../src/scenario/types.ts';
import { Lives, type Session } from '../../src/subject/lives.ts';

/** A scenario that needs what options need. */
function scenario(options: Readonly<Record<string, number | boolean>> = {}): Scenario {
  return {
    ...{ id: 'a/b', tensors: { w: { dtype: 'float32', shape: [1], bits: '3f800000' } }, gradients: {} },
    program: [{ op: 'optimizer', params: ['$w'], options }],
  };
}

/** Lives of a port that dies of some scenarios; and how often it was begun. */
function port(dies: (scenario: Scenario) => boolean): { readonly lives: Lives; readonly begun: () => number } {
  let begun = 0;
  const begin = (): Session => {
    begun += 1;
    let ended = false;
    return {
      get ended() {
        return ended;
      },
      run: async (given) => {
        ended = dies(given);
        if (ended) throw new AdapterError('died');
        return [];
      },
      close: async () => void (ended = true),
    };
  };
  return { lives: new Lives(begin(), async () => begin()), begun: () => begun };
}

const ran = async (lives: Lives, ...given: readonly Scenario[]): Promise<readonly string[]> => {
  const texts: string[] = [];
  for (const one of given)
    texts.push(
      await lives.run(one).then(
        () => 'ran',
        (error: Error) => error.message,
      ),
    );
  return texts;
};

const momentum = scenario({ momentum: 0.5 });
const plain = scenario();

describe('a port that dies', () => {
  it('is begun anew for the next scenario', async () => {
    const { lives, begun } = port((given) => given === momentum);
    expect(await ran(lives, plain, momentum, plain)).toEqual(['ran', 'died', 'ran']);
    expect(begun()).toBe(2);
  });

  it('three times of what nothing that finished needs is asked that no more, and everything else', async () => {
    const { lives, begun } = port((given) => given === momentum);
    const centered = scenario({ momentum: 0.5, centered: true });
    const fatal = 'not run: the port hung or ended its process 3 times in cases that need momentum';
    const given = [plain, momentum, momentum, momentum, momentum, centered, plain];
    expect(await ran(lives, ...given)).toEqual(['ran', 'died', 'died', 'died', fatal, fatal, 'ran']);
    expect(begun()).toBe(4);
  });

  it('three times before anything finished is asked nothing more', async () => {
    const { lives, begun } = port(() => true);
    const never = 'not run: the port hung or ended its process 3 times';
    expect(await ran(lives, plain, plain, plain, plain, momentum)).toEqual(['died', 'died', 'died', never, never]);
    expect(begun()).toBe(3);
  });

  it('three times of what nothing tells apart is asked nothing more', async () => {
    let count = 0;
    const { lives } = port(() => (count += 1) > 1);
    expect((await ran(lives, plain, plain, plain, plain, plain)).at(-1)).toBe(
      'not run: the port hung or ended its process 3 times',
    );
  });

  it('and cannot be begun anew has lost a life each time', async () => {
    const first: Session = {
      ended: true,
      run: async () => Promise.reject(new AdapterError('died')),
      close: async () => {},
    };
    const lives = new Lives(first, async () => Promise.reject(new AdapterError('no port')));
    expect(await ran(lives, plain, plain, plain, plain)).toEqual([
      ...['died', 'no port', 'no port'],
      'not run: the port hung or ended its process 3 times',
    ]);
  });
});
