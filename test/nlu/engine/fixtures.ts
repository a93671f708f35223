import type { LabelledText } from "../../../src/nlu/types.ts";

const of = (intent: string, ...texts: string[]): LabelledText[] => texts.map((text) => ({ text, intent }));

/** A small shop, in two languages. */
export const SHOP: readonly LabelledText[] = [
  ...of(
    "opening_hours",
    "几点开门",
    "你们几点关门",
    "周末营业吗",
    "晚上几点打烊",
    "明天开不开门",
    "营业时间是什么时候",
  ),
  ...of(
    "opening_hours",
    "when do you open",
    "are you open on sunday",
    "what time do you close",
    "opening hours please",
  ),
  ...of(
    "order_status",
    "我的订单到哪了",
    "包裹什么时候到",
    "订单发货了没有",
    "快递怎么还没到",
    "查一下我的订单",
    "物流信息在哪看",
  ),
  ...of(
    "order_status",
    "where is my order",
    "has my parcel shipped",
    "track my package",
    "when will my order arrive",
  ),
  ...of("refund", "我要退款", "钱什么时候退给我", "能不能退货退钱", "退款多久到账", "申请退款", "把钱还给我"),
  ...of(
    "refund",
    "i want a refund",
    "give me my money back",
    "how do i return this",
    "when do i get my refund",
  ),
  ...of("greeting", "你好", "您好", "在吗", "早上好", "嗨", "哈喽"),
  ...of("greeting", "hello", "hi there", "good morning", "hey"),
  ...of(
    "invoice",
    "开发票",
    "发票怎么开",
    "我要增值税发票",
    "电子发票发给我",
    "发票抬头写错了",
    "能补开发票吗",
  ),
  ...of(
    "invoice",
    "i need an invoice",
    "send me the invoice",
    "the invoice has the wrong name",
    "invoice for my company",
  ),
];

export const STRANGE: readonly LabelledText[] = of(
  "oos",
  "今天天气怎么样",
  "讲个笑话",
  "世界杯谁赢了",
  "推荐一部电影",
  "what is the capital of france",
  "play some jazz music",
  "who wrote hamlet",
  "convert ten miles to kilometres",
);
