import Database
import Kernel
import People

/// What is kept of needs: nothing of a single person, but who released a month.
enum UnmetNeedPersonRows {
  static let impersonal: [ImpersonalTable] = [
    // A mark is made under a key of its month from household and word together. Nothing leads from it to a household, and
    // no door and no query asks whose it is; it goes by itself after the release, after three months at the latest.
    ImpersonalTable(
      "shop_need_mark",
      Phrase(
        "找了没有的词，每户一个认不出是谁的记号，三个月内删掉",
        "Words looked for in vain, with a mark for each home that leads back to nobody; gone within three months"
      )),
    ImpersonalTable(
      "shop_need_allowance",
      Phrase(
        "一个记号这个月记了几个词，公布后就删掉", "How many words stand behind a mark; gone once the month is released")),
  ]

  static let acts: [PersonActs] = [
    PersonActs(
      "shop_need_table", Phrase("公布社区缺什么", "Releasing what the community lacks"), by: "released_by_id",
      at: "released_at")
  ]

  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("找了没有的词，和认不出是谁的记号", "Words looked for in vain, and marks that show nobody"),
      term: Phrase(
        "每月公布后删掉少于 10 户的，其余最多三个月",
        "Those of fewer than 10 homes when the month is released, the rest within three months"),
      reason: Phrase("数清楚有几户想要，就用不着了", "Once it is counted how many homes want it, nobody needs them")),
    RetentionRule(
      Phrase("每月公布的需求表", "The tables of needs released each month"),
      term: Phrase("一直留着，只有户数", "They stay, with numbers of homes alone"),
      reason: Phrase("报告里的数要查得到出处", "So that figures of reports can be traced")),
  ]
}
