import Database
import Kernel
import Messages
import People

/// What people are told of entries. The words of a question are sealed and stand on its page alone.
struct AssetNotices: Sendable {
  let directory: Directory
  let messenger: Messenger
  let merchants: MerchantDirectory

  static let asked = MessageKind(
    "resources.asset_asked", name: ("有人问起您的本事", "Somebody asks about what you offer"),
    headline: ("有邻居想问您一件事", "a question for you"), patience: .days(7))
  static let answered = MessageKind(
    "resources.asset_answered", name: ("您问的有回话了", "Your question was answered"),
    headline: ("您问的有回话了", "your answer is here"), patience: .days(7))
  static let runsOut = MessageKind(
    "resources.asset_runs_out", name: ("登的本事快到期了", "What you offer runs out soon"),
    headline: ("您登的一条快到期了", "an entry runs out soon"), patience: .days(10))

  static let kinds = [asked, answered, runsOut]
  private static let questions = "/asset-questions"

  /// - Parameter receiver: nil for the station.
  func asked(
    _ question: AssetQuestionID, about asset: Asset, receiver: Party?, in transaction: Transaction
  ) throws {
    let (persons, path) = try persons(receiver, in: transaction)
    let name = asset.terms.name
    let text = Phrase(
      "有邻居问起“\(name.chinese)”，想请您看看、回一句。接不接由您，您的电话没有告诉对方。",
      "A neighbour asks about “\(name.english)”. Please have a look and answer if you like; your number was not told."
    )
    try messenger.send(
      persons.map {
        Message(
          to: $0, Self.asked, about: question.rawValue, occasion: "asked", text, path: path)
      }, in: transaction)
  }

  private func persons(
    _ receiver: Party?, in transaction: Transaction
  ) throws -> (persons: [PersonID], path: String) {
    if let person = receiver?.person { return ([person], Self.questions) }
    if let merchant = receiver?.merchant {
      return (try merchants.persons(merchant, transaction.community, transaction), Self.questions)
    }
    let staff = try directory.persons(holding: .socialWorker, in: transaction.community, transaction)
    return (staff.sorted(), "/asset-desk/questions")
  }

  func answered(_ question: AssetQuestion, about asset: Asset, in transaction: Transaction) throws {
    let name = asset.terms.name
    try messenger.send(
      [
        Message(
          to: question.asker, Self.answered, about: question.id.rawValue, occasion: "answered",
          Phrase("您问的“\(name.chinese)”有回话了。", "There is an answer about “\(name.english)”."),
          path: Self.questions)
      ], in: transaction)
  }

  /// - Parameter holders: the person whose it is, or those who act for the merchant.
  func runsOut(_ asset: Asset, to holders: [PersonID], in transaction: Transaction) throws {
    let name = asset.terms.name
    let text = Phrase(
      "您登的“\(name.chinese)”两星期后到期。还愿意的话，点一下“还算数”；不想登了，不用管它。",
      "What you offer, “\(name.english)”, runs out in two weeks. If it still holds, please say so; otherwise leave it."
    )
    try messenger.send(
      holders.map {
        Message(
          to: $0, Self.runsOut, about: asset.id.rawValue,
          occasion: "until-\(asset.expiresAt.microseconds)", text, path: "/assets/mine")
      }, in: transaction)
  }

  /// Who keeps an entry: the person whose it is, or those who act for the merchant; nobody for what the station keeps.
  func keepers(of asset: Asset, in transaction: Transaction) throws -> [PersonID] {
    if let person = asset.terms.holder?.person { return [person] }
    guard let merchant = asset.terms.holder?.merchant else { return [] }
    return try merchants.persons(merchant, transaction.community, transaction)
  }
}
