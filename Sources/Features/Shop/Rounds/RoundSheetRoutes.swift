import Database
import Hummingbird
import Kernel
import People
import Security
import Web

extension Problem {
  static let roundIsOver = Problem(
    "round.over", status: 409,
    Phrase("这一趟已经结束了。", "This round has ended."),
    advice: Phrase(
      "结束以后不再打印，名字和门牌不再落到纸上。", "It is not printed any more, so that no names and doors lie about."))
}

extension CourierRounds {
  /// The round on paper for whoever is under way with it; each print is written down, as each look at it is.
  func registerSheet(on routes: inout Routes, _ own: Objects) {
    routes.get("/rounds/:round/print", for: .signedIn, objects: own) { signedIn in
      let id = try signedIn.id("round", of: RoundKind.self)
      let actor = Self.courier(signedIn)
      let reading = try await RoundReading(directory, vault, books, of: signedIn.community.id)
      let community = signedIn.community.id
      let (round, title, name, stops) = try await database.write(in: community) { transaction in
        guard let round = try RoundStore.find(id, in: community, transaction),
          round.courier == actor.person, round.state == .underWay,
          let campaign = try CampaignStore.find(round.campaign, in: community, transaction)
        else { throw Problem.notFound }
        let stops = try reading.stops(of: round, transaction).map { stop in
          RoundSheetPages.Stop(
            facts: stop, asksWellbeing: try wellbeing.isAllowed(stop.stop.person, in: community, transaction))
        }
        let names = try directory.displayNames(of: [actor.person], in: community, transaction)
        try RoundSheet.tell(id, by: actor, in: transaction)
        return (round, campaign.title, names[actor.person], stops)
      }
      let pages = RoundSheetPages(say: signedIn.say, phone: signedIn.community.phoneNumber)
      return .page(
        pages.page(
          round, title, courier: name, takesCash: RoundRules.takesCash(actor.role), stops), signedIn)
    }
  }
}

extension RoundTable {
  /// The round on paper for the leader who gives it out. Whom the courier looks after is not on it: that is between those
  /// persons and whoever stands at their door.
  func registerSheet(on routes: inout Routes, _ own: Objects) {
    routes.get("/desk/rounds/:round/print", for: .roles(CampaignActor.roles), objects: own) { signedIn in
      let community = signedIn.community.id
      let reading = try await RoundReading(directory, vault, books, of: community)
      let (round, title, name, takesCash, stops) = try await database.write(in: community) { transaction in
        let (round, campaign, actor) = try self.own(signedIn, transaction)
        guard round.state != .ended else { throw Problem.roundIsOver }
        let stops = try reading.stops(of: round, transaction)
          .map { RoundSheetPages.Stop(facts: $0, asksWellbeing: false) }
        let takers = try directory.persons(holding: .courier, in: community, transaction)
        let names = try directory.displayNames(
          of: [round.courier].compactMap(\.self), in: community, transaction)
        try RoundSheet.tell(round.id, by: actor.actor, in: transaction)
        let takesCash = round.courier.map { takers.contains($0) || $0 == campaign.leader } ?? false
        return (round, campaign.title, round.courier.flatMap { names[$0] }, takesCash, stops)
      }
      let pages = RoundSheetPages(say: signedIn.say, phone: signedIn.community.phoneNumber)
      return .page(pages.page(round, title, courier: name, takesCash: takesCash, stops), signedIn)
    }
  }
}

/// Paper with names and doors on it leaves a trace of who printed it.
enum RoundSheet {
  static func tell(_ round: RoundID, by actor: Actor, in transaction: Transaction) throws {
    try transaction.audit(
      AuditEntry(actor: actor.person, role: actor.role, action: "shop.round_print", object: round.rawValue))
  }
}

extension RoundReading {
  /// With the keys of a community.
  init(
    _ directory: Directory, _ vault: Vault, _ books: Bookkeeping, of community: CommunityID
  ) async throws {
    self.init(
      directory: directory, doors: try await directory.doors(of: community),
      cipher: try await vault.cipher(for: KeyScope(community: community, dataClass: .contact)), books: books,
      community: community)
  }
}
