import type { ChatMember } from "grammy/types";
import { z } from "zod";
import { chatObject, findChat, findUser, memberGroup } from "../chats.ts";
import { badRequest } from "../errors.ts";
import { setBotMember } from "../membership.ts";
import type { ChatState } from "../state.ts";
import type { Telegram } from "../telegram.ts";
import { type Method, method } from "./method.ts";
import { int, str } from "./schema.ts";

const inChat = { chat_id: int };

const getChat = method(z.looseObject(inChat), (tg, { chat_id }) => {
  const chat = findChat(tg, chat_id);
  if (chat.kind !== "private") memberGroup(tg, chat_id);
  const pinned = chat.messages[chat.pinned.at(-1) ?? 0]?.message;
  return {
    ...chatObject(tg, chat),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
    ...(chat.kind !== "private" && { permissions: MEMBERS_MAY }),
    ...(pinned && { pinned_message: pinned }),
  };
});

const MEMBERS_MAY = {
  can_send_messages: true,
  can_send_audios: true,
  can_send_documents: true,
  can_send_photos: true,
  can_send_videos: true,
  can_send_video_notes: true,
  can_send_voice_notes: true,
  can_send_polls: true,
  can_send_other_messages: true,
  can_add_web_page_previews: true,
  can_react_to_messages: true,
  can_edit_tag: true,
  can_change_info: false,
  can_invite_users: true,
  can_pin_messages: false,
  can_manage_topics: false,
};

function memberOf(tg: Telegram, chat: ChatState, userId: number): ChatMember {
  const user = findUser(tg, userId);
  if (!user) throw badRequest("user not found");
  if (chat.kind === "private") return { status: "member", user };
  return chat.members[userId] ?? { status: "left", user };
}

const getChatMember = method(z.looseObject({ ...inChat, user_id: int }), (tg, { chat_id, user_id }) => {
  const chat = findChat(tg, chat_id);
  if (chat.kind !== "private") memberGroup(tg, chat_id);
  return memberOf(tg, chat, user_id);
});

const isAdministrator = ({ status }: ChatMember): boolean =>
  status === "administrator" || status === "creator";

const getChatAdministrators = method(z.looseObject(inChat), (tg, { chat_id }) =>
  // Other bots are left out by the server; ours is not "other".
  Object.values(memberGroup(tg, chat_id).members).filter(isAdministrator),
);

const getChatMemberCount = method(z.looseObject(inChat), (tg, { chat_id }) => {
  const chat = findChat(tg, chat_id);
  if (chat.kind === "private") return 2;
  return Object.values(memberGroup(tg, chat_id).members).filter(
    ({ status }) => !["left", "kicked"].includes(status),
  ).length;
});

const leaveChat = method(z.looseObject(inChat), (tg, { chat_id }) => {
  setBotMember(tg, memberGroup(tg, chat_id), { status: "left", user: tg.world.bot }, tg.world.bot);
  return true;
});

const getUserProfilePhotos = method(z.looseObject({ user_id: int }), () => ({ total_count: 0, photos: [] }));

const getFile = method(z.looseObject({ file_id: str }), (tg, { file_id }) => {
  const file = tg.world.files[file_id];
  if (!file) throw badRequest("invalid file_id");
  // https://core.telegram.org/bots/api#getfile
  if (file.size > 20 * 1024 * 1024) throw badRequest("file is too big");
  return {
    file_id: file.fileId,
    file_unique_id: file.fileUniqueId,
    file_size: file.size,
    file_path: file.path,
  };
});

export const chatMethods: Record<string, Method> = {
  getChat,
  getChatMember,
  getChatAdministrators,
  getChatMemberCount,
  leaveChat,
  getUserProfilePhotos,
  getFile,
};
