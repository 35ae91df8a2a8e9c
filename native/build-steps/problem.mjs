/** A problem the person at the terminal can solve. Shown as it is, without a stack trace. */
export class BuildProblem extends Error {}
