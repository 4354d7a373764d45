import Database
import Kernel

extension People {
  /// What People keeps about persons, and what their deletion means here.
  var personRecords: PersonRecords {
    PersonRecords(
      Phrase("我和我的家", "Me and my home"),
      tables: PeoplePersonRows.identity + PeoplePersonRows.access + WishPersonRows.mandates
        + WishPersonRows.consents(isConfidential: false) + WishPersonRows.requests,
      acts: PeoplePersonRows.acts, impersonal: PeoplePersonRows.impersonal,
      obstacles: { subject, snapshot in
        let roles = try snapshot.roles(of: subject.person, in: subject.community).filter(\.isStaff)
        return roles.sorted().map { role in
          Phrase(
            "您还是\(role.name.chinese)，请先交接、由居委会收回这个身份。",
            "You are still \(role.name.english.lowercased()); please hand over first and have the committee take the role back."
          )
        }
      },
      erase: { subject, transaction in
        // First of all, while they are there: what is kept of sessions elsewhere goes with their end.
        try transaction.endSessions(of: subject.person)
        let person = Actor(person: subject.person, role: .resident)
        for mandate in try MandateStore.given(by: subject.person, in: subject.community, transaction)
          + MandateStore.held(by: subject.person, in: subject.community, transaction)
        where mandate.revokedAt == nil {
          try Mandates.revoke(mandate.id, by: person, in: transaction)
        }
        for consent in try ConsentStore.consents(of: subject.person, in: subject.community, transaction)
        where consent.events.last?.kind == .given {
          try Consents.withdraw(consent.id, by: person, in: transaction)
        }
      })
  }

  /// Answers of which nobody is to know but the person and who helps them.
  static let confidentialRecords = PersonRecords(
    Phrase("只有我看得到的同意", "Consents that I alone see"), isConfidential: true,
    tables: WishPersonRows.consents(isConfidential: true))

  /// How long People keeps what, beside what stays as long as a person does.
  static let retentionRules: [RetentionRule] = [
    RetentionRule(
      Phrase("称呼、电话、门牌", "Name, number and door"),
      term: Phrase("您是邻居的时候一直留着；注销当天抹掉", "As long as you are a neighbour; wiped the day you are deleted"),
      reason: Phrase("送货、取货要找得到您", "To find you for deliveries and pickups")),
    RetentionRule(
      Phrase("登录着的设备", "Devices signed in"),
      term: Phrase("30 天不用就忘，最长 180 天", "Forgotten after 30 days unused, 180 at most"),
      reason: Phrase("账号安全", "Safety of the account")),
    RetentionRule(
      Phrase("没用上的邀请", "Invitations that were not used"),
      term: Phrase("过期后 30 天", "30 days after they run out"),
      reason: Phrase("查问起来有据", "To answer questions")),
    RetentionRule(
      Phrase("委托书、同意书和签字的照片", "Mandates, consents and photos of what was signed"),
      term: Phrase(
        "一直留着；注销后照片再留三年，其余只剩编号", "They stay; after deletion photos three years more, the rest as numbers"),
      reason: Phrase("《个人信息保护法》要求能证明您同意过；订单的依据", "PIPL asks for proof of consent; orders rest on them")),
    RetentionRule(
      Phrase("操作留痕", "The record of who did what"),
      term: Phrase("一直留着，只有编号", "Kept for good, numbers alone"),
      reason: Phrase("出了事查得清", "So that what went wrong can be traced")),
    RetentionRule(
      Phrase("防重复提交的回执", "Answers kept against sending twice"),
      term: Phrase("7 天", "7 days"), reason: Phrase("网络断了也不会下两单", "So that a cut line orders nothing twice")),
    RetentionRule(
      Phrase("影响评估", "Impact assessments"), term: Phrase("至少三年", "Three years at least"),
      reason: Phrase("《个人信息保护法》第五十六条", "PIPL art. 56")),
  ]
}
