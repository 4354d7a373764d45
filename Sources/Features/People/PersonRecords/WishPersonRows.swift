import Database
import Kernel
import Security

/// What a person let others do for them, agreed to and asked for.
enum WishPersonRows {
  private static let evidence = Phrase(
    "证明当时是本人同意的；名字已经抹掉。", "Shows that the person agreed at the time; the name is wiped.")

  static let mandates: [PersonTable] = [
    PersonTable(
      "people_mandate_end", Phrase("收回的委托", "Mandates ended"), ending: .kept(evidence),
      columns: [PersonColumn("ended_at", Phrase("什么时候收回", "Ended"), .moment)]
    ) { "mandate_id IN (\(mandates(of: $0)))" },
    PersonTable(
      "people_mandate_picture", Phrase("委托书的照片", "Photos of signed mandates"), ending: .deletedLater,
      columns: [PersonColumn("picture", Phrase("照片大小", "Size of the photo"), .size)]
    ) { "mandate_id IN (\(mandates(of: $0)))" },
    PersonTable(
      "people_mandate_revision", Phrase("委托的内容", "What mandates say"), ending: .clearedLater("place = NULL"),
      columns: [
        PersonColumn("asked_at", Phrase("什么时候说的", "Said"), .moment),
        PersonColumn("effective_at", Phrase("什么时候算数", "Counts from"), .moment),
        PersonColumn("evidence_kind", Phrase("怎么说的", "How")),
        PersonColumn("place", Phrase("在哪里", "Where")),
        PersonColumn("matters", Phrase("可以办", "May do")),
        PersonColumn("per_order", Phrase("一单最多", "An order"), .money),
        PersonColumn("per_day", Phrase("一天最多", "A day"), .money),
        PersonColumn("per_month", Phrase("一个月最多", "A month"), .money),
        PersonColumn("pay_ways", Phrase("怎么付", "Paid by")),
        PersonColumn("expires_at", Phrase("用到哪天", "Last day"), .moment),
        PersonColumn("confirmations", Phrase("怎么点头", "How I say yes")),
      ]
    ) { "mandate_id IN (\(mandates(of: $0)))" },
    PersonTable(
      "people_mandate", Phrase("我给的委托", "Mandates I gave"), ending: .kept(evidence),
      columns: [PersonColumn("valid_from", Phrase("从什么时候", "From"), .moment)]
    ) { "principal_id = \($0.person)" },
    PersonTable(
      "people_mandate", Phrase("别人给我的委托", "Mandates I was given"), ending: .kept(evidence),
      columns: [PersonColumn("valid_from", Phrase("从什么时候", "From"), .moment)]
    ) { "helper_id = \($0.person)" },
    PersonTable(
      "people_spoken_sheet", Phrase("我的口令单", "My code sheets"), ending: .kept(evidence),
      columns: [
        PersonColumn("printed_at", Phrase("打印时间", "Printed"), .moment),
        PersonColumn("generation", Phrase("第几张", "Number"), .number),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "people_spoken_code_use", Phrase("我用过的口令", "Codes I used"), ending: .kept(evidence),
      columns: [
        PersonColumn("used_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("number", Phrase("第几个", "Number"), .number),
      ]
    ) { "person_id = \($0.person)" },
  ]

  /// - Parameter isConfidential: whether those are meant that nobody but the person and who helps them knows of.
  static func consents(isConfidential: Bool) -> [PersonTable] {
    [
      PersonTable(
        "people_consent_picture", Phrase("同意书的照片", "Photos of signed consents"), ending: .deletedLater,
        columns: [PersonColumn("picture", Phrase("照片大小", "Size of the photo"), .size)]
      ) { "consent_id IN (\(consents(of: $0, isConfidential)))" },
      PersonTable(
        "people_consent_event", Phrase("同意的经过", "What became of my consents"), ending: .kept(evidence),
        columns: [
          PersonColumn("happened_at", Phrase("什么时候", "When"), .moment),
          PersonColumn("kind", Phrase("怎么样", "What"), .choice(ConsentState.names)),
        ]
      ) { "consent_id IN (\(consents(of: $0, isConfidential)))" },
      PersonTable(
        "people_consent", Phrase("我同意和不同意的", "What I agreed to and did not"),
        ending: .clearedLater("place = NULL"), columns: consentColumns
      ) { "id IN (\(consents(of: $0, isConfidential)))" },
    ]
  }

  private static let consentColumns: [PersonColumn] = [
    PersonColumn("asked_at", Phrase("什么时候问的", "Asked"), .moment),
    PersonColumn(
      "notice", Phrase("什么事", "What"),
      "(SELECT notice.title_zh FROM people_notice notice WHERE notice.id = notice_id)"),
    PersonColumn("purposes", Phrase("用来做什么", "Purposes")),
    PersonColumn("categories", Phrase("哪些信息", "What data")),
    PersonColumn("recipients", Phrase("给谁看", "Who sees it")),
    PersonColumn("expires_at", Phrase("到什么时候", "Until"), .moment),
    PersonColumn("place", Phrase("在哪里", "Where")),
  ]

  static let requests: [PersonTable] = [
    PersonTable(
      "people_data_request_end", Phrase("请求的答复", "Answers to my requests"), ending: .cleared("answer = NULL"),
      columns: [
        PersonColumn("ended_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("outcome", Phrase("结果", "Outcome"), .choice(DataRequest.Outcome.names)),
        PersonColumn("answer", Phrase("答复", "Answer"), .sealed(.contact, row: "request_id")),
      ]
    ) {
      """
      request_id IN (SELECT request.id FROM people_data_request request
        WHERE request.community_id = \($0.community) AND request.person_id = \($0.person))
      """
    },
    PersonTable(
      "people_data_request", Phrase("我提的请求", "My requests"), ending: .cleared("words = NULL"),
      columns: [
        PersonColumn("asked_at", Phrase("什么时候", "When"), .moment),
        PersonColumn("kind", Phrase("要什么", "What"), .choice(DataRequest.Kind.names)),
        PersonColumn("words", Phrase("我说的话", "My words"), .sealed(.contact, row: "id")),
        PersonColumn("due_at", Phrase("最晚哪天答复", "Answer due"), .moment),
      ]
    ) { "person_id = \($0.person)" },
    PersonTable(
      "people_erasure", Phrase("注销记录", "Deletion"),
      ending: .kept(Phrase("证明注销过，只有编号。", "Shows that it was done, a number alone.")), columns: []
    ) { "person_id = \($0.person)" },
  ]

  private static func mandates(of subject: DataSubject) -> Query {
    """
    SELECT mandate.id FROM people_mandate mandate
    WHERE mandate.community_id = \(subject.community) AND mandate.principal_id = \(subject.person)
    """
  }

  private static func consents(of subject: DataSubject, _ isConfidential: Bool) -> Query {
    let words = ConsentPurpose.allCases.filter(\.isConfidential).map { "%\($0.rawValue)%" }
    let isMeant = Query.joined(words.map { "consent.purposes LIKE \($0)" }, by: " OR ")
    let condition: Query = isConfidential ? "(\(isMeant))" : "NOT (\(isMeant))"
    return """
      SELECT consent.id FROM people_consent consent
      WHERE consent.community_id = \(subject.community) AND consent.subject_id = \(subject.person) AND \(condition)
      """
  }
}

extension ConsentState {
  /// By the words that are stored.
  static let names = Dictionary(allCases.map { ($0.rawValue, $0.name) }) { first, _ in first }
}
