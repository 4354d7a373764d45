import Database
import Hummingbird
import Kernel
import People
import Web

extension CleanMarket {
  private static let shownLimit = 30
  private static let repliesLimit = 30

  /// Warnings for the building in which whoever looks lives.
  func addAlerts(_ routes: inout Routes) {
    routes.get("/alerts", for: .signedIn, objects: .own("building's warnings")) { signedIn in
      let community = signedIn.community.id
      let (cards, quizzes) = try await ground.database.read { snapshot in
        let building = try signedIn.householdID.flatMap {
          try ground.directory.buildings(of: [$0], in: community, snapshot)[$0]
        }
        return (
          try AlertCardStore.shown(to: building, limit: Self.shownLimit, in: community, snapshot),
          try ports.quizzes.current(community, snapshot)
        )
      }
      let pages = AlertPages(say: signedIn.say, phone: signedIn.community.phoneNumber)
      return .page(pages.alerts(cards, quizzes: quizzes), signedIn)
    }
  }

  /// What merchants are asked about, and their answers.
  func addReplies(_ routes: inout Routes) {
    routes.get("/my-replies", for: .signedIn, objects: .own("merchants' hearings")) { signedIn in
      .page(try await repliesPage(signedIn, .empty, nil, []), signedIn)
    }
    routes.post(
      "/my-replies/:hearing", for: .signedIn, objects: .own("merchants' hearings"),
      limits: [RateLimit("resources.reply", 30, per: .hours(1))]
    ) { try await reply($0) }
  }

  private func repliesPage(
    _ signedIn: SignedIn, _ state: FormState, _ open: HearingID?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let cipher = try await ground.cipher(community)
    let (asked, names, goods) = try await ground.database.read { snapshot in
      let own = try ground.ports.merchants.represented(signedIn.personID, community, snapshot)
      let asked = try HearingStore.of(
        own.map(\.id), limit: Self.repliesLimit, opening: cipher, in: community, snapshot)
      return (
        asked, Dictionary(own.map { ($0.id, $0.name) }) { first, _ in first },
        try ports.listings.names(asked.compactMap(\.product), community, snapshot)
      )
    }
    return HearingPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).own(
      asked, names: names, goods: goods, key: Form.newKey, state, open: open, notices: signedIn.savedNotice,
      alerts: alerts)
  }

  private func reply(_ signedIn: SignedIn) async throws -> Response {
    let id: HearingID = try signedIn.id("hearing")
    return try await ground.answer(
      signedIn, backTo: "/my-replies?saved=reply",
      page: { try await repliesPage(signedIn, $0, id, $1) }
    ) { form in
      let text = try AlertForm.reply(form)
      let actor = Actor(person: signedIn.personID, role: .merchant)
      let cipher = try await ground.cipher(signedIn.community.id)
      try await ground.change(signedIn, form, "POST /my-replies") { [hearings] transaction in
        try hearings.reply(text, to: id, sealing: cipher, by: actor, in: transaction)
      }
    }
  }
}
