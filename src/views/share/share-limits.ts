/**
 * Characters of a link up to which it can be handed on, each with who carries so many. Slack cuts messages at 40,000 and
 * asks for less than 4,000 (api.slack.com, chat.postMessage); a Teams message may have about 28 KB (learn.microsoft.com,
 * limits and specifications of Teams); GitHub comments end at 65,536 characters. Browsers take far longer addresses:
 * Chromium 2 MB, Firefox 1 MB.
 */
const CARRIERS = [
  [4_000, 'short enough for chat messages'],
  [28_000, 'short enough for Teams and mail; Slack asks for less than 4,000'],
  [65_000, 'short enough for a comment on GitHub or GitLab, too long for chats'],
] as const;

/** What carries a link of so many characters; null when it is too long for all. */
export function carrierOf(characters: number): string | null {
  return CARRIERS.find(([limit]) => characters <= limit)?.[1] ?? null;
}

/** The longest that is offered. */
export const MAX_SHARED_LINK = CARRIERS[CARRIERS.length - 1]?.[0] ?? 0;
