/** The version of Loadstar, which is part of every result; equal to the package's. */
export const VERSION = "0.1.0";
