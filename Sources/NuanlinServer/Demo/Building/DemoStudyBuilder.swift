import Database
import Kernel
import People
import Security
import Surveys

/// Interviews of the demo: three with elders who live upstairs, coded by two workers, beside the open answers of the
/// questionnaire; with one quote that its speaker lets be told.
struct DemoStudyBuilder: Sendable {
  let stage: DemoStage

  private var surveys: Surveys { stage.switchboard.surveys }
  private typealias Code = DemoCodeBook.Code

  /// What a report may rest on.
  struct Made: Sendable {
    let themes: ThemeTableID
    let quote: QuoteID
  }

  private static let talks: [(phone: String?, minutes: Int64, setting: String, answers: [Int: String])] = [
    (
      nil, 40, "老人家里，三楼，没有电梯",
      [
        0: "菜都是对门带，自己一个星期下一趟楼。米要歇三回。", 1: "平板上订过两次，旁边要有人，怕按错了扣钱。",
        2: "听说有补贴，管打扫，不管买菜。",
      ]
    ),
    (
      "19900000025", 35, "服务站，下午没有别人",
      [
        0: "五楼，老伴腿不好，一趟只敢拎两样。", 1: "自己会订，就是送到楼下，还是要拎上来。",
        2: "楼上那位七十六，一个人，年纪不够，补贴领不到。",
      ]
    ),
    (
      "19900000022", 30, "取货点收摊以后",
      [
        0: "我力气还行，帮着拎过十几家，六楼的最多。", 1: "老人问得最多的是怎么按，我教两遍就会了。",
        2: "大家愿意帮，就是没人排班。",
      ]
    ),
  ]
  /// What the first gave to the nine passages, and what the second gave otherwise.
  private static let first: [Code] = [
    .carrying, .learning, .allowance, .carrying, .carrying, .allowance, .carrying, .learning, .other,
  ]
  private static let second: [Int: Code] = [4: .learning, 8: .carrying]

  /// Five weeks ago to four weeks ago.
  func study(beside questionnaire: QuestionnaireID) async throws -> Made {
    let (study, records) = try await interviews()
    let codes = try await codes(of: study)
    try await code(
      .records, .single, Self.first, otherwise: Self.second, codes, of: study, at: stage.day(32, 10),
      texts: [])
    let texts = try await surveys.texts(of: questionnaire, item: "wish", in: stage.community.id)
    let known = Dictionary(DemoAnswers.wishes.map { ($0.words, $0.code) }) { first, _ in first }
    let given = texts.map { known[$0.words] ?? .other }
    // They differ on every eleventh.
    let differing = given.indices.filter { $0 % 11 == 5 }.map { index in
      (index, given[index] == .other ? Code.learning : Code.other)
    }
    try await code(
      .answers(questionnaire, item: "wish"), .multiple, given,
      otherwise: Dictionary(uniqueKeysWithValues: differing), codes, of: study, at: stage.day(29, 10),
      texts: texts)
    let (surveys, actor) = (surveys, try stage.worker())
    let themes = try await stage.step(stage.day(28, 15)) {
      try surveys.themes.publish(study, by: actor, in: $0)
    }
    return Made(themes: themes, quote: try await quote(records[1], of: study))
  }

  private func interviews() async throws -> (study: StudyID, records: [FieldRecordID]) {
    let (surveys, actor) = (surveys, try stage.worker())
    let study = try await stage.step(stage.day(45, 9)) { transaction in
      try surveys.studies.make(
        StudyTerms(
          title: "楼上的老人怎么买菜", question: "没有电梯的楼里，老人怎么把菜弄上楼，什么样的帮忙用得上？",
          purpose: "写进居民报告，跟区民政局说。不写名字；您的话要您同意才引用。",
          guide: ["平时怎么买菜、怎么上楼？", "手机上订过吗，难在哪里？", "有谁帮忙，补贴用得上吗？"]),
        by: actor, in: transaction
      ).id
    }
    let cipher = try await surveys.cipher(of: stage.community.id)
    var records: [FieldRecordID] = []
    for (index, talk) in Self.talks.enumerated() {
      let moment = stage.day(40 - Int64(index) * 2, 15)
      let draft = FieldRecordForm.Draft(
        version: 1, kind: .interview, way: .faceToFace, minutes: talk.minutes, people: 1, agreement: .spoken,
        phone: talk.phone, happenedAt: moment - .hours(1),
        notes: FieldNotes(setting: talk.setting, answers: talk.answers))
      records.append(
        try await stage.step(moment) { transaction in
          let record = try surveys.fieldRecords.take(
            draft, of: study, by: actor, sealing: cipher, in: transaction)
          try surveys.fieldRecords.lock(record.id, of: study, by: actor, in: transaction)
          return record.id
        })
    }
    return (study, records)
  }

  private func codes(of study: StudyID) async throws -> [Code: ThemeCodeID] {
    let (surveys, actor) = (surveys, try stage.worker())
    return try await stage.step(stage.day(33, 10)) { transaction in
      Dictionary(
        uniqueKeysWithValues: try Code.allCases.map {
          ($0, try surveys.codeBooks.add($0.content, to: study, by: actor, in: transaction))
        })
    }
  }

  /// Two code on their own, say that they are done, and settle what they gave differently by what the first gave.
  ///
  /// - Parameter differing: by the place of the passage, from 0.
  private func code(
    _ source: Coding.Source, _ scheme: Coding.Scheme, _ given: [Code], otherwise differing: [Int: Code],
    _ codes: [Code: ThemeCodeID], of study: StudyID, at moment: Timestamp, texts: [SurveyTexts.Text]
  ) async throws {
    let (desk, first, second) = (surveys.codings, try stage.worker(), try stage.colleague())
    let cipher = try await surveys.cipher(of: stage.community.id)
    @Sendable func marks(_ code: Code) -> Set<ThemeCodeID> { Set([codes[code]].compactMap(\.self)) }
    let coding = try await stage.step(moment) { transaction in
      let coding = try desk.begin(
        CodingDesk.Draft(source: source, scheme: scheme, first: first.person, second: second.person),
        of: study, answers: texts, opening: cipher, by: first, in: transaction)
      for (index, code) in given.enumerated() {
        try desk.give(marks(code), to: Int64(index + 1), of: coding, in: study, by: first, transaction)
      }
      try desk.finish(coding, in: study, by: first, transaction)
      return coding
    }
    try await stage.step(moment + .hours(5)) { transaction in
      for (index, code) in given.enumerated() {
        try desk.give(
          marks(differing[index] ?? code), to: Int64(index + 1), of: coding, in: study, by: second,
          transaction)
      }
      try desk.finish(coding, in: study, by: second, transaction)
    }
    try await stage.step(moment + .hours(7)) { transaction in
      for index in differing.keys.sorted() {
        try desk.decide(
          marks(given[index]), on: Int64(index + 1), of: coding, in: study, by: first, transaction)
      }
      try desk.settle(coding, in: study, by: first, transaction)
    }
  }

  /// She was read it, and agreed on her own telephone that it may be told.
  private func quote(_ record: FieldRecordID, of study: StudyID) async throws -> QuoteID {
    let (surveys, actor, speaker) = (surveys, try stage.worker(), try stage.person("sun-yulan"))
    let cipher = try await surveys.cipher(of: stage.community.id)
    try await stage.step(stage.day(27, 18)) { transaction in
      guard let notice = try Consents.notice("story-publishing", in: transaction) else {
        throw Problem.internalFault
      }
      try Consents.record(
        Consents.Draft(
          subject: speaker, notice: notice, categories: [.story], expires: transaction.now + .days(360),
          evidence: .electronic(speaker)),
        isGiven: true, by: Actor(person: speaker, role: .resident), in: transaction)
    }
    return try await stage.step(stage.day(26, 10)) { transaction in
      try surveys.quoteDesk.make(
        QuoteForm.Draft(passage: 1, words: "住在五楼，一趟只敢拎两样。"), of: record, in: study, by: actor,
        sealing: cipher, transaction)
    }
  }
}
