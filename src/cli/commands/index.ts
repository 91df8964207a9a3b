/** The commands, one file each. */
export {
  ABOUT_ARGUMENT,
  COMMANDS,
  type CommandEntry,
  type CommandName,
  type Example,
  type ExitMeaning,
} from './table.ts'
