/** What may be stored and queued. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** JSON with named members. */
export type JsonObject = { readonly [key: string]: Json };
