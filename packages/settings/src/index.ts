export { allowed, numberIn, shown } from './allowed';
export { readSettings, SettingsError, variableOf } from './environment';
