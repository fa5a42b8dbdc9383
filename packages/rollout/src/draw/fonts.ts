import { dirname, join } from 'node:path';

const file = (name: string, path: string): string =>
  join(dirname(require.resolve(`@expo-google-fonts/${name}/package.json`)), path);

/** The font files that pictures are made with, so that they come out the same everywhere. */
export const fontFiles = (): string[] => [
  file('ibm-plex-sans', '400Regular/IBMPlexSans_400Regular.ttf'),
  file('ibm-plex-sans', '600SemiBold/IBMPlexSans_600SemiBold.ttf'),
  file('ibm-plex-mono', '400Regular/IBMPlexMono_400Regular.ttf'),
  file('ibm-plex-mono', '700Bold/IBMPlexMono_700Bold.ttf'),
];
