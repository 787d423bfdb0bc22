import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SELF_SIGNED } from '../../src/providers/testing/self-signed.ts';
import { EXPIRED, type TestCertificate, WRONG_NAME } from '../support/bad-certificates.ts';
import { startedSim } from '../support/started-sim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startTlsServer } from '../support/tls-server.ts';
import { tutti } from '../support/tutti-process.ts';

function ask(port: number, cwd: string, certificate?: TestCertificate) {
  const file = join(cwd, 'extra.pem');
  if (certificate) writeFileSync(file, certificate.cert);
  const env = certificate ? { NODE_EXTRA_CA_CERTS: file } : {};
  return tutti(['ask', 'hi', '-m', `https://localhost:${port}/v1#m`], { cwd, env });
}

test('a self-signed certificate is refused once, with the variable that helps, and taken with it', async () => {
  const server = await startTlsServer(SELF_SIGNED);
  const cwd = temporaryFolder();
  const refused = await ask(server.port, cwd);
  expect(refused.code).toBe(1);
  expect(refused.stdout).toBe('');
  expect(refused.stderr).toContain('NODE_EXTRA_CA_CERTS');
  expect(server.requests()).toBe(0);
  expect(server.connections()).toBe(1);
  const taken = await ask(server.port, cwd, SELF_SIGNED);
  expect(taken.stderr).not.toContain('secure connection');
  expect(taken.code).toBe(0);
  expect(taken.stdout).toContain('safe and sound');
  expect(server.requests()).toBe(1);
});

test.each([
  ['has expired', EXPIRED, /expired/i],
  ['is for another name', WRONG_NAME, /altname|does not match/i],
])(
  'a certificate that %s is refused once, even from a trusted issuer',
  async (_, certificate, why) => {
    const server = await startTlsServer(certificate);
    const { code, stderr } = await ask(server.port, temporaryFolder(), certificate);
    expect(code).toBe(1);
    expect(stderr).toMatch(why);
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
    expect(server.requests()).toBe(0);
    expect(server.connections()).toBe(1);
  },
);

test('a port that speaks plain HTTP is not asked over TLS again and again', async () => {
  const sim = await startedSim();
  const { code, stderr, elapsedMs } = await ask(sim.port, temporaryFolder());
  expect(code).toBe(1);
  expect(stderr).toContain('No secure connection');
  expect(sim.counts.requests).toBe(0);
  expect(elapsedMs).toBeLessThan(4_000);
});
