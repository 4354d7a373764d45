import Database
import Kernel
import Messages
import People

/// What both sides of a match are told. Never a name, and never what was written.
struct MatchNotices: Sendable {
  let ground: ResourceGround

  static let proposed = MessageKind(
    "resources.match_proposed", name: ("有人牵线", "A match was proposed"),
    headline: ("有一条互助等您答复", "a match to answer"), isWorthACall: true)
  static let agreed = MessageKind(
    "resources.match_agreed", name: ("互助约好了", "Both agreed"),
    headline: ("互助约好了", "both sides agreed"), isWorthACall: true)
  static let moved = MessageKind(
    "resources.match_moved", name: ("互助有进展", "A match went on"),
    headline: ("您的互助有进展", "news of your match"))
  static let message = MessageKind(
    "resources.match_message", name: ("互助留言", "A word from the other side"),
    headline: ("互助对方给您留言", "a word for you"))

  static let kinds = [proposed, agreed, moved, message]

  func proposed(_ match: Match, exceptFor side: Match.Side?, in transaction: Transaction) throws {
    let category = match.category.name
    for asked in Match.Side.allCases where asked != side {
      try tell(
        asked, of: match, Self.proposed, occasion: "proposed",
        Phrase(
          "“\(category.chinese)”有了合适的人选。答应不答应，请打开说一声。",
          "There is somebody for “\(category.english)”. Please open it and say yes or no."),
        in: transaction)
    }
  }

  /// It went to another state.
  func moved(
    _ match: Match, to state: Match.State, exceptFor side: Match.Side?, in transaction: Transaction
  ) throws {
    let category = match.category.name
    let kind = state == .agreed ? Self.agreed : state == .agreedOnce ? Self.proposed : Self.moved
    for told in Match.Side.allCases where told != side {
      try tell(
        told, of: match, kind, occasion: state.rawValue,
        Phrase(
          "“\(category.chinese)”：\(state.name.chinese)。", "“\(category.english)”: \(state.name.english)."),
        in: transaction)
    }
  }

  /// The other side wrote something; it is read on the page alone.
  func wrote(
    _ number: Int64, in match: Match, from side: Match.Side, in transaction: Transaction
  ) throws {
    try tell(
      side.other, of: match, Self.message, occasion: "message-\(number)",
      Phrase("对方给您留了言，请打开看看。", "The other side left you a word. Please open it."), in: transaction)
  }

  private func tell(
    _ side: Match.Side, of match: Match, _ kind: MessageKind, occasion: String, _ text: Phrase,
    in transaction: Transaction
  ) throws {
    let persons = try ResourceParties(ground: ground).persons(
      for: match.party(side), in: transaction.community, transaction)
    try ground.messenger.send(
      Set(persons).sorted().map {
        Message(
          to: $0, kind, about: match.id.rawValue, occasion: "\(occasion)-\(side.rawValue)", text,
          path: Match.path(match.id))
      }, in: transaction)
  }
}
