import Database
import Kernel
import People
import Security

/// What both sides of a match tell each other, and say of each other.
extension MatchDesk {
  /// Leaves the other side a few words. Both have to know of each other.
  func write(
    _ text: String, in id: MatchID, sealing cipher: FieldCipher, by acting: MatchActor,
    in transaction: Transaction
  ) throws {
    let match = try find(id, by: acting, in: transaction)
    guard match.state.isLive else { throw Problem.matchNotPossible }
    let number = try MatchTalkStore.add(
      text, to: id, from: acting.side, by: acting.actor, isByWorker: acting.isByWorker, sealing: cipher,
      in: transaction)
    try note("resources.match_message", match, acting, in: transaction)
    try notices.wrote(number, in: match, from: acting.side, in: transaction)
  }

  /// Lets the other side see the actor's own number while both are in touch, or no more. Nobody gives away
  /// the number of somebody else, the station neither; what a side shows, everybody of that side may take
  /// back.
  ///
  /// - Throws: `resources.match_not_possible` before both agreed and once it is over,
  /// `resources.match_no_phone`, `not_found`.
  func sharePhone(_ shares: Bool, in id: MatchID, by acting: MatchActor, in transaction: Transaction) throws {
    if acting.isByWorker { throw Problem.matchNotPossible }
    let match = try find(id, by: acting, in: transaction)
    if shares {
      guard match.state.isLive else { throw Problem.matchNotPossible }
      let person = acting.actor.person
      let reach = try ground.directory.reach(of: [person], in: transaction.community, transaction)
      guard reach[person]?.hasPhone == true else { throw Problem.matchNoPhone }
    }
    try MatchStore.sharePhone(
      of: shares ? acting.actor.person : nil, acting.side, id, in: transaction)
    try note(
      "resources.match_phone", match, acting, purpose: shares ? "given" : "taken_back", in: transaction)
  }

  /// Keeps how it was for a side.
  func giveFeedback(
    _ given: MatchFeedback, of id: MatchID, sealing cipher: FieldCipher, by acting: MatchActor,
    in transaction: Transaction
  ) throws {
    let match = try find(id, by: acting, in: transaction)
    guard match.state == .done || match.state == .failed else { throw Problem.matchNotPossible }
    try MatchTalkStore.set(given, of: id, by: acting.actor, sealing: cipher, in: transaction)
    try note("resources.match_feedback", match, acting, in: transaction)
  }
}

extension Problem {
  static let matchNoPhone = Problem(
    "resources.match_no_phone", status: 409,
    Phrase("您这里没有登记电话。", "There is no telephone number of yours here."),
    advice: Phrase("可以在这里留言，或者请服务站转告。", "Leave a word here, or ask the station to pass it on."))
}
