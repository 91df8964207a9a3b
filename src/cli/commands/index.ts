/** The commands, one file each. */
export { COMMANDS, type CommandEntry, type CommandName, type Example } from './table.ts'
