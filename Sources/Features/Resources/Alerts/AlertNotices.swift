import Database
import Kernel
import Messages
import People

/// What people are told of the clean market.
struct AlertNotices: Sendable {
  let messenger: Messenger
  let merchants: MerchantDirectory

  static let warned = MessageKind(
    "resources.alert", name: ("防骗提醒", "A warning"), headline: ("有一张防骗提醒", "a warning for you"),
    isWorthACall: true)
  static let asked = MessageKind(
    "resources.hearing_asked", name: ("请商家说明", "Your side is asked for"),
    headline: ("请您说明一件事", "please give your side"), isWorthACall: true)
  static let decided = MessageKind(
    "resources.hearing_decided", name: ("说明有了结果", "Your reply was decided on"),
    headline: ("您说明的事有结果了", "a decision was made"))
  static let closed = MessageKind(
    "resources.report_closed", name: ("反映的事有结果", "Your report was looked into"),
    headline: ("您反映的事查过了", "your report was checked"))

  static let kinds = [warned, asked, decided, closed]

  func warn(_ persons: [PersonID], of card: AlertCard, in transaction: Transaction) throws {
    let title = card.terms.title
    let text = Phrase(
      "防骗提醒：\(title.chinese)。拿不准，先给社区打个电话。",
      "A warning: \(title.english). Not sure? Call the station first.")
    try messenger.send(
      persons.map {
        Message(to: $0, Self.warned, about: card.id.rawValue, occasion: "published", text, path: "/alerts")
      }, in: transaction)
  }

  func ask(_ hearing: Hearing, in transaction: Transaction) throws {
    try tell(
      hearing, Self.asked, "asked",
      Phrase(
        "有人反映“\(hearing.kind.name.chinese)”，说到您的店。请在 7 天内说明情况。",
        "“\(hearing.kind.name.english)” was reported about your shop. Please give your side within 7 days."),
      in: transaction)
  }

  func decide(_ hearing: Hearing, _ decision: Hearing.Decision, in transaction: Transaction) throws {
    try tell(
      hearing, Self.decided, "decided",
      Phrase(
        "您说明的事有了结果：\(decision.name.chinese)。", "The station decided: \(decision.name.english)."),
      in: transaction)
  }

  func lift(_ hearing: Hearing, in transaction: Transaction) throws {
    try tell(
      hearing, Self.decided, "lifted",
      Phrase("停卖的东西恢复了，可以卖。", "The goods that were held back are sold again."), in: transaction)
  }

  func close(_ reports: [ScamReport], as state: ScamReport.State, in transaction: Transaction) throws {
    let text = Phrase(
      "您反映的事，服务站查过了：\(state.name.chinese)。谢谢您说出来。",
      "What you reported was looked into: \(state.name.english.lowercased()). Thank you for telling us.")
    try messenger.send(
      reports.compactMap { report in
        report.reporter.map {
          Message(
            to: $0, Self.closed, about: report.id.rawValue, occasion: "closed-\(report.revision)", text,
            path: "/report-scam/\(report.id)")
        }
      }, in: transaction)
  }

  private func tell(
    _ hearing: Hearing, _ kind: MessageKind, _ occasion: String, _ text: Phrase,
    in transaction: Transaction
  ) throws {
    let persons = try merchants.persons(hearing.merchant, transaction.community, transaction)
    try messenger.send(
      persons.map {
        Message(to: $0, kind, about: hearing.id.rawValue, occasion: occasion, text, path: "/my-replies")
      }, in: transaction)
  }
}
