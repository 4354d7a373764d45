import Database
import Kernel
import People
import Security
import Surveys
import Web

/// A questionnaire of the demo with as many locked answers as wished, and the social worker who looks at what they add
/// up to.
struct BenchSurvey: Sendable {
  /// Answers that are taken in one commit.
  private static let batch = 1000

  let community: CommunityID
  let questionnaire: QuestionnaireID
  /// What the social worker's browser is known by.
  let token: String

  /// What is asked of the program. It never keeps what it has computed, so each answer is computed anew.
  enum Analysis: String, Sendable, CaseIterable {
    case overview = "all questions"
    case table = "cross-table"
    case split = "cross-table, split by a third"
    case options = "cross-table, several answers"

    /// The questions that it needs; nil for all.
    var names: Set<String>? {
      switch self {
      case .overview: nil
      case .table: ["hard", "shopper"]
      case .split: ["hard", "shopper", "lift"]
      case .options: ["why", "shopper"]
      }
    }

    fileprivate var query: String {
      switch self {
      case .overview: ""
      case .table: "/cross?row=hard&column=shopper"
      case .split: "/cross?row=hard&column=shopper&split=lift"
      case .options: "/cross?row=why&column=shopper"
      }
    }
  }

  func path(_ analysis: Analysis) -> String {
    "/surveys/\(questionnaire)/analysis\(analysis.query)"
  }

  /// Takes and locks this many answers, through the rules that hold for everybody's.
  /// - Throws: `bench.failed` when the database holds a community already.
  static func build(answers: Int, in switchboard: Switchboard) async throws -> BenchSurvey {
    guard try await switchboard.communities().isEmpty else {
      throw Problem.bench(Phrase("请给一个空的数据库。", "Please give an empty database."))
    }
    let (people, surveys, database) = (switchboard.people, switchboard.surveys, switchboard.database)
    let community = try await people.createCommunity(
      CommunityDraft(name: Phrase("测速小区", "Measuring Gardens"), phoneNumber: "021-55550100"))
    var worker = try PersonDraft(displayName: "社工")
    worker.roles = [.socialWorker]
    guard let person = try await people.createPersons([worker], in: community).first else {
      throw Problem.internalFault
    }
    let actor = Actor(person: person, role: .socialWorker)
    let (id, link) = try await database.write(in: community) { transaction in
      let id = try surveys.make(
        QuestionnaireTerms(
          title: "买菜难不难", purpose: "量一量算得多快。", privacy: .anonymous, unit: .person, allowsRefusal: false),
        asking: DemoQuestionnaires.shopping, by: actor, in: transaction)
      try surveys.open(id, by: actor, in: transaction)
      return (id, try surveys.collect(id, by: .link, named: "链接", by: actor, in: transaction))
    }
    let cipher = try await surveys.cipher(of: community)
    for start in stride(from: 0, to: answers, by: batch) {
      let given = (start..<min(start + batch, answers)).map(Self.given)
      try await database.write(in: community) { transaction in
        try surveys.take(given, through: link, offsetSeconds: 0, sealing: cipher, in: transaction)
      }
    }
    try await database.write(in: community) { transaction in
      try surveys.close(id, by: actor, in: transaction)
      try surveys.lock(
        id, LockSpec(breakdowns: [LockSpec.Breakdown(item: "lift"), LockSpec.Breakdown(item: "shopper")]),
        by: actor, in: transaction)
    }
    guard try await surveys.lockWork.round() == 1 else { throw Problem.internalFault }
    let session = try await people.openSession(of: person, level: .secondFactor, in: community)
    return BenchSurvey(community: community, questionnaire: id, token: session.token.text)
  }

  private static func given(_ number: Int) -> Surveys.GivenAnswers {
    let kinds = DemoHouseholdKind.allCases
    return Surveys.GivenAnswers(
      DemoAnswers.shopping(
        hasLift: number % 3 > 0, kind: kinds[number % kinds.count], place: number / 3), by: .nobody,
      language: DemoForm.chinese)
  }
}
