import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// `/money/office/refunds`: the committee decides about refunds that a payment service refused.
struct RefundDoors: Sendable {
  let database: Database
  let finder: NameFinder
  let desk: RefundDesk

  /// Each asks a payment service.
  private static let tries = RateLimit("ledger.refund", 12, per: .minutes(1))

  func register(on routes: inout Routes) {
    let staff = Access.Personal.roles(Office.roles)
    routes.get("/money/office/refunds/:refund", for: staff, objects: .community) { try await page($0) }
    routes.post(
      "/money/office/refunds/:refund/again", for: staff, objects: .community, limits: [Self.tries]
    ) { signedIn in
      try await perform(signedIn) { id, _, actor in
        try await desk.askAgain(id, by: actor, in: signedIn.community.id)
      }
    }
    routes.post(
      "/money/office/refunds/:refund/otherwise", for: staff, objects: .community, limits: [Self.tries]
    ) { signedIn in
      try await perform(signedIn) { id, form, actor in
        let answer = try RefundForm.otherwise(form)
        try await desk.payOtherwise(id, answer, by: actor, in: signedIn.community.id)
      }
    }
  }

  private func page(
    _ signedIn: SignedIn, _ failed: FormState? = nil, _ problem: Problem? = nil
  ) async throws -> Response {
    let id: RefundID = try signedIn.id("refund")
    let community = signedIn.community.id
    let agreement = try await desk.agreement(to: id, in: community)
    let (content, names) = try await database.read { snapshot in
      guard let refund = try RefundStore.find(id, in: community, snapshot) else { throw Problem.notFound }
      let names = try finder.names(
        parties: [.order(refund.order)], campaigns: [refund.campaign], in: community, snapshot)
      let buyers = try finder.names(
        parties: names.orders.values.map { .person($0.person) }, in: community, snapshot)
      let box = try JournalStore.balance(of: Account(.cashBox), in: community, snapshot)
      return (
        RefundPages.Content(refund: refund, agreement: agreement, box: box),
        names.adding(people: buyers.people)
      )
    }
    let say = signedIn.say
    var alerts: [HTML] = []
    if let problem {
      alerts.append(PageParts.notice(say(problem.title) + (problem.advice.map { " " + say($0) } ?? ""), .bad))
    } else if signedIn.query("done") != nil {
      alerts.append(PageParts.notice(say("记好了。", "Recorded."), .good))
    }
    let main = RefundPages(say: say, token: signedIn.formToken, names: names).page(content, failed)
    return .page(
      Page(title: say("退款", "Refund"), kind: .staff, main: main, alerts: alerts), signedIn,
      status: problem.map { HTTPResponse.Status(code: $0.status) } ?? .ok)
  }

  /// Does what a form asks; where it cannot, the refund is shown as it stands now, with what was typed.
  private func perform(
    _ signedIn: SignedIn, _ body: (RefundID, Form, Actor) async throws -> Void
  ) async throws -> Response {
    let id: RefundID = try signedIn.id("refund")
    let form = try await signedIn.form()
    do {
      try await body(id, form, try signedIn.acting(as: [.committee, .operator]))
      return .redirect(to: "/money/office/refunds/\(id)?done=1")
    } catch let problem as Problem where [409, 422].contains(problem.status) {
      return try await page(signedIn, FormState(form, problem), problem)
    }
  }
}
