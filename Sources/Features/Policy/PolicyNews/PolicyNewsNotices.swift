import Database
import Kernel
import Messages
import People
import Web

/// What people are told of policies. All of it stands in the library for everybody.
struct PolicyNewsNotices: Sendable {
  let messenger: Messenger

  static let news = MessageKind(
    "policy.news", name: ("政策消息", "News of a policy"), headline: ("政策有新消息", "news of a policy"),
    patience: .days(7))
  static let expiring = MessageKind(
    "policy.expiring", name: ("政策快到期", "A policy runs out"), headline: ("有政策快到期了", "a policy runs out"),
    patience: .days(7))

  static let kinds = [news, expiring]

  /// Tells persons of a version; each once, whoever asked for it and however often.
  ///
  /// - Parameter reason: why somebody is told who did not ask; empty for those who did.
  /// - Returns: how many had not been told before.
  func tell(
    _ persons: [PersonID], of version: PolicyVersion, reason: String, in transaction: Transaction
  ) throws -> Int {
    let text = Self.text(of: version, reason: reason)
    return try messenger.send(
      persons.map {
        Message(
          to: $0, Self.news, about: version.policy.rawValue, occasion: "version-\(version.number)", text,
          path: PolicyPages.path(of: version.number, version.policy))
      }, in: transaction)
  }

  static func text(of version: PolicyVersion, reason: String) -> Phrase {
    let title = version.content.title
    let news =
      version.number == 1
      ? Phrase("有一项政策您可以看看：《\(title.chinese)》。", "Here is a policy to look at: “\(title.english)”.")
      : Phrase(
        "《\(title.chinese)》有变化：\(version.content.whatChanged)", "“\(title.english)” has changed.")
    if reason.isEmpty { return news }
    return Phrase(
      "\(news.chinese)（为什么告诉您：\(reason)）", "\(news.english) (Why you are told: \(reason))")
  }

  /// Who wrote and who published a policy are told that it runs out.
  func expiring(_ version: PolicyVersion, to persons: [PersonID], in transaction: Transaction) throws {
    guard let day = version.content.document.expires else { return }
    let (title, last) = (version.content.title, day.phrase)
    try messenger.send(
      persons.map {
        Message(
          to: $0, Self.expiring, about: version.policy.rawValue, occasion: "expires-\(day.iso)",
          Phrase(
            "《\(title.chinese)》到 \(last.chinese) 为止，请看看要不要写新的一版。",
            "“\(title.english)” runs out on \(last.english); please see whether a new version is needed."),
          path: "\(PolicyDeskPages.base)/\(version.policy)")
      }, in: transaction)
  }
}

/// Once a day whoever wrote or published a policy hears that it runs out within 30 days; once for each last day.
struct WarnOfExpiry: Sendable {
  static let kind: StaticString = "policy.expiry"

  let directory: Directory
  let messenger: Messenger

  var handler: JobHandler {
    JobHandler(Self.kind) { transaction, _ in
      try warn(in: transaction)
      try Self.schedule(at: transaction.now + .days(1), in: transaction)
    }
  }

  /// Begins with the first policy that a community publishes; from then on it goes on by itself.
  static func begin(in transaction: Transaction) throws {
    try schedule(at: transaction.now + .days(1), in: transaction)
  }

  private static func schedule(at moment: Timestamp, in transaction: Transaction) throws {
    try transaction.schedule(kind, key: "daily", at: moment)
  }

  private func warn(in transaction: Transaction) throws {
    let community = transaction.community
    guard let card = try directory.community(community, transaction) else { return }
    let today = PolicyDay(transaction.now, offsetSeconds: card.offsetSeconds)
    let expiring = try PolicyVersionStore.expiring(
      from: today, to: today.adding(days: PolicyRules.warningDays), in: community, transaction)
    if expiring.isEmpty { return }
    let staff = Set(
      try PolicyRules.authors.flatMap { try directory.persons(holding: $0, in: community, transaction) })
    let publishers = Set(
      try PolicyRules.publishers.flatMap { try directory.persons(holding: $0, in: community, transaction) })
    for version in expiring {
      let own = staff.intersection([version.writtenBy.person, version.publishedBy.person])
      // Where both have left, those who may publish see to it.
      try PolicyNewsNotices(messenger: messenger).expiring(
        version, to: (own.isEmpty ? publishers : own).sorted(), in: transaction)
    }
  }
}
