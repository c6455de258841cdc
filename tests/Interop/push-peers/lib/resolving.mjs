// Module hook: the drivers of ../peers find the library of this folder, which is another version than their own.
const here = import.meta.url;

export const resolve = (specifier, context, next) =>
  next(specifier, specifier.startsWith("node-opcua") && !context.parentURL?.includes("/node_modules/") ? { ...context, parentURL: here } : context);
