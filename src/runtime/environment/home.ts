import { posix, win32 } from 'node:path';
import { TuttiError } from '../../core/tutti-error.ts';
import { type Environment, variable } from './environment.ts';

/** Where tutti keeps what belongs to the user. A folder need not exist; both are null when the user has no home. */
export interface Home {
  /** `config.yaml`, `keys`, `trust.json`. */
  readonly config: string | null;
  /** `runs.jsonl`. */
  readonly data: string | null;
}

const APPLICATION = 'tutti';
const NO_HOME: Home = { config: null, data: null };

/**
 * Finds the user's folders: TUTTI_HOME holds everything; else the XDG variables (a relative value is
 * ignored), else the platform's own places (`~/.config` and so on, `~/Library`, `%APPDATA%`).
 *
 * @throws TuttiError `bad_settings` when TUTTI_HOME is a relative path: in a folder of somebody else it
 * would make that folder's files the user's own.
 */
export function locateHome(environment: Environment): Home {
  const own = variable(environment, 'TUTTI_HOME');
  const { join, isAbsolute } = environment.platform === 'win32' ? win32 : posix;
  if (own !== undefined) {
    if (!isAbsolute(own)) throw relativeHome();
    return { config: own, data: own };
  }
  const places = platformPlaces(environment);
  const place = (name: string, usual: string | null): string | null => {
    const chosen = variable(environment, name);
    if (chosen !== undefined && isAbsolute(chosen)) return join(chosen, APPLICATION);
    return usual;
  };
  return {
    config: place('XDG_CONFIG_HOME', places.config),
    data: place('XDG_DATA_HOME', places.data),
  };
}

/** Gives the path of a file in the home's settings folder; null without a home. */
export function homeFile(home: Home, name: string): string | null {
  return home.config === null ? null : posix.join(home.config, name);
}

function platformPlaces(environment: Environment): Home {
  const user = environment.userFolder;
  if (environment.platform === 'win32') return windowsPlaces(environment);
  if (user === null || !posix.isAbsolute(user)) return NO_HOME;
  if (environment.platform === 'darwin') {
    const support = posix.join(user, 'Library', 'Application Support', APPLICATION);
    return { config: support, data: support };
  }
  return {
    config: posix.join(user, '.config', APPLICATION),
    data: posix.join(user, '.local', 'share', APPLICATION),
  };
}

function windowsPlaces(environment: Environment): Home {
  const user = environment.userFolder;
  const roaming =
    variable(environment, 'APPDATA') ?? (user && win32.join(user, 'AppData', 'Roaming'));
  if (!roaming || !win32.isAbsolute(roaming)) return NO_HOME;
  const local = variable(environment, 'LOCALAPPDATA') ?? roaming;
  return {
    config: win32.join(roaming, APPLICATION),
    data: win32.join(local, APPLICATION),
  };
}

function relativeHome(): TuttiError {
  return new TuttiError('bad_settings', 'TUTTI_HOME is a relative path.', {
    hint: 'Give the whole path, such as TUTTI_HOME="$PWD/home".',
  });
}
