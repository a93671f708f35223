import { z } from "zod";

// The Bot API takes numbers, booleans and objects as JSON or as text (forms, query strings): so do these.

export const int = z.union([
  z.number().int(),
  z
    .string()
    .regex(/^-?\d+$/)
    .transform(Number),
]);

export const float = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);

export const flag = z.union([
  z.boolean(),
  z.enum(["true", "True", "1"]).transform(() => true),
  z.enum(["false", "False", "0", ""]).transform(() => false),
]);

export const str = z.union([z.string(), z.number().transform(String)]);

/** An object or array that a form sends as JSON text. */
export function json<T extends z.ZodType>(schema: T) {
  return z.preprocess((value, context) => {
    if (typeof value !== "string") return value;
    try {
      return JSON.parse(value);
    } catch {
      context.addIssue({ code: "custom", message: "can't parse JSON" });
      return z.NEVER;
    }
  }, schema);
}

const user = z.looseObject({ id: int });

/** Formatting marks. Kept as given: unknown kinds pass, as newer API versions add some. */
export const entities = json(
  z.array(
    z.looseObject({
      type: z.string(),
      offset: int,
      length: int,
      url: z.string().optional(),
      user: user.optional(),
      language: z.string().optional(),
    }),
  ),
);

export const replyParameters = json(
  z.looseObject({
    message_id: int,
    chat_id: int.optional(),
    allow_sending_without_reply: flag.optional(),
    quote: z.string().optional(),
  }),
);

const inlineButton = z.looseObject({
  text: str,
  callback_data: str.optional(),
  copy_text: z.looseObject({ text: z.string() }).optional(),
  url: z.string().optional(),
  style: z.string().optional(),
});

const replyButton = z.union([
  z.string().transform((text) => ({ text })),
  z.looseObject({
    text: z.string(),
    request_contact: z.boolean().optional(),
    request_location: z.boolean().optional(),
  }),
]);

export const replyMarkup = json(
  z.union([
    z.looseObject({ inline_keyboard: z.array(z.array(inlineButton)) }),
    z.looseObject({
      keyboard: z.array(z.array(replyButton)),
      is_persistent: z.boolean().optional(),
      resize_keyboard: z.boolean().optional(),
      one_time_keyboard: z.boolean().optional(),
      input_field_placeholder: z.string().optional(),
    }),
    z.looseObject({ remove_keyboard: z.literal(true) }),
    z.looseObject({ force_reply: z.literal(true) }),
  ]),
);

/** A file: an id, an address, `attach://name`, or the upload itself. */
export const fileRef = z.union([z.string(), z.instanceof(File)]);

/** Where a message goes and how: shared by every send method. */
export const target = {
  chat_id: int,
  message_thread_id: int.optional(),
  disable_notification: flag.optional(),
  protect_content: flag.optional(),
  reply_parameters: replyParameters.optional(),
  reply_to_message_id: int.optional(),
  allow_sending_without_reply: flag.optional(),
  reply_markup: replyMarkup.optional(),
};

export const parseMode = z.string().optional();

export const captioned = {
  caption: str.optional(),
  parse_mode: parseMode,
  caption_entities: entities.optional(),
};

export const messageIds = json(z.array(int).min(1).max(100));
