import Database
import Hummingbird
import Kernel
import People
import Web

/// Where a person says what they want to be told of.
struct PolicyFollowDoors: Sendable {
  let database: Database

  private static let own = Objects.own("followed policies")

  func register(on routes: inout Routes) {
    routes.get(PolicyFollowPages.base, for: .signedIn, objects: Self.own) { signedIn in
      .page(try await page(signedIn, []), signedIn)
    }
    routes.post(
      PolicyFollowPages.base, for: .signedIn, objects: Self.own,
      limits: [RateLimit("policy.follow", 60, per: .minutes(10))]
    ) { try await change($0) }
  }

  private func page(_ signedIn: SignedIn, _ alerts: [HTML]) async throws -> Page {
    let (person, community) = (signedIn.personID, signedIn.community.id)
    let today = PolicyDoors.today(signedIn.visit)
    let (followed, titles) = try await database.read { snapshot in
      let followed = try PolicyFollowStore.all(of: person, in: community, snapshot)
      let ids = followed.compactMap { what -> PolicyID? in
        if case .policy(let id) = what { id } else { nil }
      }
      return (followed, try PolicyDoors.titles(of: ids, on: today, in: community, snapshot))
    }
    let key = Form.newKey
    return PolicyFollowPages(
      parts: PolicyParts(say: signedIn.say, today: today), token: signedIn.formToken
    ).own(followed, titles: titles, key: { "\(key)-\($0)" }, alerts: alerts)
  }

  private func change(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let person = signedIn.personID
    return try await FormAgain.answer(
      signedIn, form, page: { _, alerts in try await page(signedIn, alerts) },
      work: {
        var reader = FormReader(form)
        let wish = reader.choice("wish", of: PolicyFollowWish.self)
        let what = reader.raw("what", isRequired: true).flatMap { PolicyFollowing(text: $0) }
        try reader.finish()
        guard let wish, let what else { throw Problem.staleForm }
        let key = try form.onceKey("POST /policy-follows", signedIn)
        try await database.change(in: signedIn.community.id, once: key) {
          try Self.change(what, wish, by: person, in: $0)
        }
        return .redirect(to: PolicyFollowPages.base)
      })
  }

  /// - Throws: `not_found` for a policy that was never published.
  static func change(
    _ what: PolicyFollowing, _ wish: PolicyFollowWish, by person: PersonID, in transaction: Transaction
  ) throws {
    if case .policy(let id) = what {
      guard try PolicyStore.find(id, in: transaction.community, transaction)?.isReadable == true else {
        throw Problem.notFound
      }
    }
    let isNew =
      switch wish {
      case .follow: try PolicyFollowStore.follow(what, by: person, in: transaction)
      case .stop: try PolicyFollowStore.stop(what, by: person, in: transaction)
      }
    guard isNew else { return }
    try transaction.audit(
      "policy.follow", by: Actor(person: person, role: .resident), of: person.rawValue,
      purpose: "\(wish.rawValue) \(what.text)")
  }
}
