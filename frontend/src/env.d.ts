/** Fluent catalogues are bundled as text. */
declare module "*.ftl" {
  const text: string;
  export default text;
}
/** Absolute path of frontend/; defined in test bundles only. */
declare const __FRONTEND__: string;
