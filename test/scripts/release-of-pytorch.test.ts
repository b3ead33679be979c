import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { carryOut, type Command, type Places, planOf, textOf } from '../../scripts/release-of-pytorch.ts';
import { partOfGolden, temporaryFolder } from '../fixtures/temporary.ts';

function places(): Places {
  const [requirements, environments] = [temporaryFolder(), join(temporaryFolder(), 'environments')];
  writeFileSync(join(requirements, 'torch-2.15.0.txt'), 'torch==2.15.0\nnumpy==2.4.6\n');
  return { golden: partOfGolden('step/defaults-float32'), requirements, environments };
}

describe('a new PyTorch', () => {
  test('takes requirements, an environment, both recordings, the drift and the page of versions', () => {
    const where = places();
    const plan = planOf('2.16.0', true, where);
    const ran: string[] = [];
    carryOut(plan, (command) => {
      ran.push(textOf(command).replaceAll(where.environments, 'E').replaceAll(where.requirements, 'R'));
      return 0;
    });
    expect(readFileSync(join(where.requirements, 'torch-2.16.0.txt'), 'utf8')).toBe('torch==2.16.0\nnumpy==2.4.6\n');
    expect(existsSync(join(where.environments, 'torch-2.16.0', 'complete'))).toBe(true);
    expect(ran).toEqual([
      'python3 -m venv E/torch-2.16.0',
      'E/torch-2.16.0/bin/pip install --quiet -r R/torch-2.16.0.txt',
      'npm run --silent rmsproof -- record --add --python E/torch-2.16.0/bin/python',
      'npm run --silent rmsproof -- record --add --python E/torch-2.16.0/bin/python --compiled',
      'npm run --silent rmsproof -- drift torch-2.15.0 torch-2.16.0',
      'npm run --silent versions -- torch-2.15.0 torch-2.16.0',
    ]);
  });

  test('takes an environment that is complete, and requirements that are there, as they are', () => {
    const where = places();
    const environment = join(where.environments, 'torch-2.16.0');
    mkdirSync(environment, { recursive: true });
    for (const path of [join(environment, 'complete'), join(where.requirements, 'torch-2.16.0.txt')])
      writeFileSync(path, '');
    expect(planOf('2.16.0', false, where)).toMatchObject({ install: [] });
    expect(planOf('2.16.0', false, where)).not.toHaveProperty('requirements');
  });

  test('leaves nothing of an installation that failed', () => {
    const where = places();
    const run = ({ command }: Command): number => (command.endsWith('pip') ? 1 : 0);
    expect(() => carryOut(planOf('2.16.0', false, where), run)).toThrow(/pip install .*: exit code 1$/);
    expect(existsSync(join(where.environments, 'torch-2.16.0'))).toBe(false);
    expect(existsSync(join(where.requirements, 'torch-2.16.0.txt'))).toBe(false);
  });

  test('goes on where numbers drift, and ends where recording fails', () => {
    const ran: string[] = [];
    const codes = (which: string, code: number) => (command: Command) => {
      ran.push(textOf(command));
      return textOf(command).includes(which) ? code : 0;
    };
    carryOut(planOf('2.16.0', false, places()), codes('-- drift', 1));
    expect(ran.at(-1)).toContain('versions');
    expect(() => carryOut(planOf('2.16.0', false, places()), codes('-- record', 3))).toThrow(': exit code 3');
  });

  test.each([
    ['2.16', 'expected a version such as 2.16.0, got 2.16'],
    ['2.16.0+cpu', 'expected a version such as 2.16.0, got 2.16.0+cpu'],
    ['2.15.0', 'torch 2.15.0 is recorded; `record` records it anew'],
    ['2.9.1', 'torch 2.9.1 is older than 2.15.0, the newest that is recorded'],
  ])('is not %s', (version, message) => {
    expect(() => planOf(version, false, places())).toThrow(message);
  });
});
