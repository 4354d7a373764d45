import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// Asking a client whether they wish to be worked with, and noting when they do not wish it any more.
struct CaseConsentDoors: Sendable {
  let visits: CaseVisits

  private struct Shown: Sendable {
    let open: OpenCase
    let name: String
    let question: ConsentQuestion
    let given: [Consent]
  }

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, CaseForms.own)
    routes.get("/cases/:case/consent", for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, ConsentQuestion.suggestion, []), signedIn)
    }
    routes.post("/cases/:case/consent", for: readers, objects: own) { try await answer($0) }
    routes.post("/cases/:case/consent/withdrawal", for: readers, objects: own) { try await withdraw($0) }
  }

  private func shown(_ signedIn: SignedIn) async throws -> Shown {
    let community = signedIn.community.id
    return try await visits.look(signedIn) { [desk = visits.desk] open, _, snapshot in
      try open.require(\.mayEnd)
      let person = open.file.person
      return Shown(
        open: open,
        name: try desk.directory.displayNames(of: [person], in: community, snapshot)[person] ?? "—",
        question: try desk.directory.consentQuestion(
          CareNotices.service, of: person, in: community, snapshot),
        given: try desk.directory.consents(
          of: person, code: CareNotices.service, in: community, snapshot
        ).map(\.0).filter { $0.state(at: snapshot.now) == .given })
    }
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let shown = try await shown(signedIn)
    let key = Form.newKey
    let question = shown.question.asking(
      to: "/cases/\(shown.open.id)/consent", token: signedIn.formToken, key: key, signedIn.say, state)
    return CaseConsentPages(say: signedIn.say, token: signedIn.formToken, key: key).page(
      shown.open, name: shown.name, given: shown.given.first, question: question, alerts: alerts)
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    try await visits.answer(
      signedIn, page: { try await page(signedIn, $0, $1) }, saved: "?saved=consent",
      read: { [desk = visits.desk] form in
        let answer = try ConsentAnswer(form)
        return { open, _, transaction in
          try open.require(\.mayEnd)
          try desk.directory.record(
            answer, to: CareNotices.service, of: open.file.person, by: open.actor, in: transaction)
        }
      })
  }

  /// The person said so to the worker; on their own page they do it themselves.
  private func withdraw(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let path = try visits.path(signedIn)
    try await visits.change(signedIn, form) { [desk = visits.desk] open, _, transaction in
      try open.require(\.mayEnd)
      let consents = try desk.directory.consents(
        of: open.file.person, code: CareNotices.service, in: transaction.community, transaction)
      for (consent, _) in consents where consent.state(at: transaction.now) == .given {
        try Consents.withdraw(consent.id, by: open.actor, in: transaction)
      }
    }
    return .redirect(to: "\(path)?saved=consent")
  }
}
