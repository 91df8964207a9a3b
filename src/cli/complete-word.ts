/** First argument of a call by a completion script: `__complete SHELL [replaced=TEXT] -- WORD...`. People never see it. */

export const COMPLETE_WORD = '__complete'
