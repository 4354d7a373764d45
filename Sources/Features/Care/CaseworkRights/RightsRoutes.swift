import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors at which a client's requests about their record are answered, and of the copy for them.
struct RightsDoors: Sendable {
  let visits: CaseVisits
  let desk: RightsDesk

  private struct Shown: Sendable {
    let open: OpenCase
    let name: String
    let requests: [RightsRequest]
    let words: [CareTextID: CareDocument]
  }

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, CaseForms.own)
    let limits = [RateLimit("care.write", 120, per: .hours(1))]
    routes.get("/cases/:case/rights", for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, nil, []), signedIn)
    }
    routes.post("/cases/:case/rights/:request", for: readers, objects: own, limits: limits) {
      try await answer($0)
    }
    routes.get("/cases/:case/copy", for: readers, objects: own) { try await copy($0) }
  }

  private func page(
    _ signedIn: SignedIn, _ again: (request: RightsRequestID, state: FormState)?, _ alerts: [HTML]
  ) async throws -> Page {
    let community = signedIn.community.id
    let shown = try await visits.look(signedIn) { [desk] open, opener, snapshot in
      let requests = try RightsStore.requests(of: open.id, in: community, snapshot)
      let texts = requests.flatMap { [$0.text, $0.answer?.text].compactMap(\.self) }
      let person = open.file.person
      return Shown(
        open: open,
        name: try desk.directory.displayNames(of: [person], in: community, snapshot)[person] ?? "—",
        requests: requests,
        words: try opener.open(CareTextStore.texts(texts, open.texts, in: community, snapshot)))
    }
    let pages = RightsPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, key: Form.newKey)
    return pages.page(
      shown.open, name: shown.name, shown.requests, words: shown.words, again: again, alerts: alerts)
  }

  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let (file, id): (CaseID, RightsRequestID) = (try signedIn.id("case"), try signedIn.id("request"))
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, (id, $0), $1) },
      work: {
        let draft = try RightsAnswerForm.answer(form, offsetSeconds: signedIn.community.offsetSeconds)
        try await visits.change(signedIn, form) { [desk] open, seal, transaction in
          try desk.answer(id, draft, open, sealing: seal, in: transaction)
        }
        return .redirect(to: "/cases/\(file)?saved=rights")
      })
  }

  /// What is printed counts as a look, which is noted before anything is read.
  private func copy(_ signedIn: SignedIn) async throws -> Response {
    let community = signedIn.community
    let copy = try await visits.look(signedIn, .print) { [desk] open, opener, snapshot in
      try CaseCopyReading(directory: desk.directory).copy(open, opener, in: community.id, snapshot)
    }
    let pages = CaseCopyPages(say: signedIn.say, now: signedIn.now, copy: copy)
    return .page(pages.page(signedIn.say(community.name), phone: community.phoneNumber), signedIn)
  }
}
