/** What every bundle shares: in-app browsers of phones are the slowest to be updated, hence es2020. */
export const common = {
  bundle: true,
  minify: true,
  sourcemap: false,
  charset: "utf8",
  legalComments: "none",
  target: ["es2020", "chrome80", "safari14.1"],
  loader: { ".ftl": "text" },
  logLevel: "warning",
};
