import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of all forms of a case.
struct CaseForms: Sendable {
  static let own = Objects.own("cases that the person works, supervises or has opened in an emergency")
  static let readers = Access.Personal.roles(CaseReader.roles)
  private static let limits = [RateLimit("care.write", 120, per: .hours(1))]

  /// Every form, in the order of the work.
  static let all: [CaseFormDoor] = [
    .assignment, .judgement, .basis, .assessment, .plan, .intervention, .note, .referral, .score, .closing,
  ]

  let visits: CaseVisits

  func register(on routes: inout Routes) {
    for door in Self.all {
      routes.get("/cases/:case/\(door.path)", for: Self.readers, objects: Self.own) { signedIn in
        .page(try await page(door, signedIn, nil, []), signedIn)
      }
      routes.post(
        "/cases/:case/\(door.path)", for: Self.readers, objects: Self.own, limits: Self.limits
      ) { try await answer(door, $0) }
    }
  }

  private func page(
    _ door: CaseFormDoor, _ signedIn: SignedIn, _ state: FormState?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let context = try await visits.look(signedIn) { [visits] open, opener, snapshot in
      guard door.isOffered(open.access) else { throw Problem.caseForbidden }
      let reading = CaseReading(desk: visits.desk)
      let view = try reading.view(open, opener, in: community, snapshot)
      return try reading.formContext(view, in: community, snapshot)
    }
    let pages = CasePages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
    return pages.form(
      door, context, state ?? door.prefill(context), key: SecretToken.make(.bits128).text, alerts: alerts)
  }

  private func answer(_ door: CaseFormDoor, _ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: CaseID = try signedIn.id("case")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(door, signedIn, $0, $1) },
      work: {
        let write = try door.read(form, visits.desk, signedIn.community.offsetSeconds)
        try await visits.change(signedIn, form, write)
        return .redirect(to: "/cases/\(id)?saved=\(door.path)")
      })
  }
}
