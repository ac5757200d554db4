import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { findOnPath, installDebianPackage } from "../../programs.ts";

/** A Vulkan driver that computes on the processor, and what loads it: Chromium brings both. */
export interface SwiftShader {
  /** Environment of a process that is to find them; null where there are none. */
  readonly env: { readonly LD_LIBRARY_PATH: string; readonly VK_ICD_FILENAMES: string } | null;
  /** Why there are none, else null. */
  readonly why: string | null;
}

const BROWSERS = ["chromium", "chromium-browser", "google-chrome"];

/** Looks beside the browsers on the PATH, and last, for root on Debian, installs chromium. */
export function findSwiftShader(log: (line: string) => void): SwiftShader {
  const env = besideBrowser() ?? (installDebianPackage("chromium", log) ? besideBrowser() : null);
  return { env, why: env === null ? "no chromium with SwiftShader on the PATH" : null };
}

function besideBrowser(): SwiftShader["env"] {
  const browser = findOnPath(BROWSERS);
  if (browser === null) return null;
  // Debian's program is a script, and the browser itself elsewhere.
  const folders = ["/usr/lib/chromium", dirname(realpathSync(browser))];
  const folder = folders.find((path) => FILES.every((file) => existsSync(join(path, file))));
  return folder === undefined ? null : { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: join(folder, FILES[0]) };
}

const FILES = ["vk_swiftshader_icd.json", "libvulkan.so.1"] as const;
