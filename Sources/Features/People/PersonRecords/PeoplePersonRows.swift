import Database
import Kernel
import Security

/// What People keeps about a person.
enum PeoplePersonRows {
  static let identity: [PersonTable] = [
    // What stays is a number with the words "a neighbour who left": see `ErasureStore.anonymise`.
    PersonTable(
      "people_person", Phrase("我是谁", "Who I am"),
      ending: .kept(
        Phrase(
          "名字、电话、住处都抹掉，只剩一个编号，账目才对得上。",
          "Name, number and home are wiped; a bare number stays, so that the accounts still add up.")),
      columns: [
        PersonColumn("display_name", Phrase("称呼", "Name")),
        PersonColumn(
          "phone", Phrase("电话", "Telephone number"), .sealed(.contact, row: "id", shown: readable)),
        PersonColumn(
          "language", Phrase("语言", "Language"),
          .choice(["zh": Phrase("中文", "Chinese"), "en": Phrase("英文", "English")])),
        PersonColumn("elder_view", Phrase("大字版", "Large type"), .yesNo),
        PersonColumn("created_at", Phrase("登记时间", "Registered"), .moment),
        PersonColumn("disabled_at", Phrase("停用时间", "Disabled"), .moment),
      ]
    ) { "id = \($0.person)" },
    PersonTable(
      "people_household", Phrase("我的家", "My home"),
      ending: .kept(Phrase("门牌是楼里的，不是谁的。", "A door belongs to the house and to nobody.")),
      columns: [
        PersonColumn("building", Phrase("楼号", "Building")),
        PersonColumn("door", Phrase("门牌", "Door"), .sealed(.contact, row: "id", shown: unitAndRoom)),
        PersonColumn("floor", Phrase("楼层", "Floor"), .number),
        PersonColumn("has_lift", Phrase("有电梯", "Lift"), .yesNo),
      ]
    ) { "id = \($0.household)" },
    PersonTable(
      "people_membership_request", Phrase("我说自己住在哪里", "Where I say I live"), ending: .deleted,
      columns: [
        PersonColumn("door", Phrase("门牌", "Door"), .sealed(.contact, row: "person_id", shown: unitAndRoom)),
        PersonColumn("requested_at", Phrase("登记时间", "Asked"), .moment),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "people_role", Phrase("我的身份", "My roles"), ending: .deleted,
      columns: [
        PersonColumn("role", Phrase("身份", "Role"), .choice(Role.names)),
        PersonColumn("granted_at", Phrase("从什么时候", "Since"), .moment),
      ]
    ) { "person_id = \($0.person)" },
  ]

  private static let readable: @Sendable (String) -> String = { PhoneNumber(e164: $0)?.display ?? $0 }

  /// Unit and room as they are said.
  private static let unitAndRoom: @Sendable (String) -> String = { stored in
    stored.split(separator: "|").joined(separator: " - ")
  }

  static let access: [PersonTable] = [
    PersonTable(
      "people_account", Phrase("我的账号", "My account"), ending: .deleted,
      columns: [
        PersonColumn("created_at", Phrase("开通时间", "Opened"), .moment),
        PersonColumn("changed_at", Phrase("最近改密码", "Password changed"), .moment),
        PersonColumn(
          "has_second_factor", Phrase("设了验证器", "Authenticator set"),
          "CASE WHEN second_factor IS NULL THEN 0 ELSE 1 END", .yesNo),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "people_session", Phrase("登录着的设备", "Devices signed in"), ending: .deleted,
      columns: [
        PersonColumn("created_at", Phrase("登录时间", "Signed in"), .moment),
        PersonColumn("last_seen_at", Phrase("最近使用", "Last used"), .moment),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "people_household_card", Phrase("我的住户卡", "My household cards"), ending: .deleted,
      columns: [
        PersonColumn("number", Phrase("卡号", "Number")),
        PersonColumn("issued_at", Phrase("发卡时间", "Issued"), .moment),
        PersonColumn("revoked_at", Phrase("作废时间", "Cancelled"), .moment),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "people_invitation", Phrase("我用过的邀请", "Invitations I used"),
      ending: .kept(Phrase("只有编号和时间。", "Number and time alone.")),
      columns: [PersonColumn("used_at", Phrase("使用时间", "Used"), .moment)]
    ) { "used_by_id = \($0.person)" },
  ]

  static let acts: [PersonActs] = [
    PersonActs("people_household_card", Phrase("发住户卡", "Issuing cards"), by: "issued_by_id", at: "issued_at"),
    PersonActs(
      "people_household_card", Phrase("作废住户卡", "Cancelling cards"), by: "revoked_by_id", at: "revoked_at"),
    PersonActs("people_role", Phrase("授予身份", "Granting roles"), by: "granted_by_id", at: "granted_at"),
    PersonActs("people_invitation", Phrase("发邀请", "Inviting"), by: "created_by_id", at: "created_at"),
    PersonActs(
      "people_mandate_revision", Phrase("记录委托的变化", "Recording changes of mandates"), by: "asked_by_id",
      at: "asked_at"),
    PersonActs(
      "people_mandate_revision", Phrase("给委托作证", "Witnessing mandates"), by: "witness_id", at: "asked_at"),
    PersonActs(
      "people_mandate_revision", Phrase("被写成有事要告诉的人", "Named as who is to be told"),
      by: "alert_person_id", at: "asked_at"),
    PersonActs(
      "people_mandate_revision", Phrase("被写成收对账单的人", "Named as who gets a copy of statements"),
      by: "statement_copy_id", at: "asked_at"),
    PersonActs(
      "people_mandate_revision", Phrase("拿着家里人的钥匙", "Holding a relative’s key"), by: "family_key_id",
      at: "asked_at"),
    PersonActs("people_mandate_end", Phrase("终止委托", "Ending mandates"), by: "ended_by_id", at: "ended_at"),
    PersonActs(
      "people_spoken_sheet", Phrase("打印口令单", "Printing code sheets"), by: "printed_by_id", at: "printed_at"),
    PersonActs("people_spoken_code_use", Phrase("记录口令", "Recording codes"), by: "used_by_id", at: "used_at"),
    PersonActs("people_consent", Phrase("征求同意", "Asking for consent"), by: "asked_by_id", at: "asked_at"),
    PersonActs(
      "people_consent", Phrase("替别人表示同意", "Agreeing for somebody"), by: "giver_id", at: "asked_at"),
    PersonActs("people_consent", Phrase("给同意作证", "Witnessing consents"), by: "witness_id", at: "asked_at"),
    PersonActs(
      "people_consent_event", Phrase("记录同意的变化", "Recording changes of consents"), by: "actor_id",
      at: "happened_at"),
    PersonActs(
      "people_data_request", Phrase("接收信息请求", "Taking data requests"), by: "taken_by_id", at: "asked_at"),
    PersonActs(
      "people_data_request_end", Phrase("答复信息请求", "Answering data requests"), by: "ended_by_id",
      at: "ended_at"),
    PersonActs("people_erasure", Phrase("办理注销", "Deleting persons"), by: "erased_by_id", at: "erased_at"),
    PersonActs(
      "people_impact_assessment", Phrase("写影响评估", "Assessing impacts"), by: "assessed_by_id",
      at: "assessed_at"),
  ]

  static let impersonal: [ImpersonalTable] = [
    ImpersonalTable("people_data_key", Phrase("加密用的密钥", "Keys for encryption")),
    ImpersonalTable("people_community", Phrase("社区的名字和电话", "Names and numbers of communities")),
    ImpersonalTable("people_community_host", Phrase("社区的网址", "Addresses of communities")),
    ImpersonalTable("people_notice", Phrase("告知书的文字", "Texts of notices")),
    ImpersonalTable(
      "people_throttle", Phrase("防猜密码的计数，一天就忘", "Counters against guessing, forgotten in a day")),
    ImpersonalTable(
      "people_person_search",
      Phrase("按名字找人的索引，人注销就抹掉", "The index of names, wiped with the person")),
  ]
}

extension Role {
  /// By the words that are stored.
  static let names = Dictionary(allCases.map { ($0.rawValue, $0.name) }) { first, _ in first }
}
