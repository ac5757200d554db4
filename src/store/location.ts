/** Masks the password of every URL in a text, in its authority or its query. It rather masks too much than too little. */
export function maskLocation(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*):[^\s]*@/gi, "$1:***@")
    .replace(/([?&](?:password|pass|token|auth)=)[^&\s]+/gi, "$1***");
}
