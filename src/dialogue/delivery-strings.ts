/** What is said about the way messages take, not by it: staff groups in trouble, words that came apart. */
export const DELIVERY_STRINGS = {
  "relay.edited_below": ["text"],
  "staff.back": ["chat"],
  "staff.trouble.not_found": ["chat"],
  "staff.trouble.not_group": ["chat"],
  "staff.trouble.not_member": ["chat"],
  "staff.trouble.not_admin": ["chat"],
  "staff.trouble.no_topics_right": ["chat"],
  "staff.trouble.deactivated": ["chat"],
  "staff.trouble.refused": ["chat"],
} as const satisfies Record<string, readonly string[]>;
