export { allowed, shown } from './allowed';
export { readSettings, SettingsError, variableOf } from './environment';
export { numberIn } from './numbers';
