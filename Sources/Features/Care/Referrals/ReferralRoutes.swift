import Database
import HTTPTypes
import Hummingbird
import Kernel
import People
import Security
import Web

/// The doors of referrals inside a case: asking the person, sending, and what became of it.
struct ReferralDoors: Sendable {
  let visits: CaseVisits
  let desk: ReferralDesk

  private struct Shown: Sendable {
    let open: OpenCase
    let referral: Referral
    let words: CareDocument?
    let replies: [CareTextID: CareDocument]
    let agreed: Set<DataCategory>
    let question: ConsentQuestion?
    let name: String
  }

  func register(on routes: inout Routes) {
    let (readers, own) = (CaseForms.readers, CaseForms.own)
    let path = "/cases/:case/referrals/:referral"
    routes.get(path, for: readers, objects: own) { signedIn in
      .page(try await page(signedIn, ConsentQuestion.suggestion, []), signedIn)
    }
    routes.get("\(path)/print", for: readers, objects: own) { try await paper($0) }
    routes.post("\(path)/consent", for: readers, objects: own) { try await answer($0) }
    routes.post("\(path)/send", for: readers, objects: own) { try await send($0) }
    routes.post("\(path)/steps", for: readers, objects: own) { try await step($0) }
  }

  private func shown(_ signedIn: SignedIn, _ look: CaseReadings.Look) async throws -> Shown {
    let id: ReferralID = try signedIn.id("referral")
    let community = signedIn.community.id
    return try await visits.look(signedIn, look) { [desk] open, opener, snapshot in
      guard let referral = try ReferralStore.find(id, in: community, snapshot), referral.caseID == open.id
      else { throw Problem.notFound }
      let texts = [referral.text] + referral.events.compactMap(\.text)
      let documents = try opener.open(
        CareTextStore.texts(texts, open.texts, in: community, snapshot)
          + CareTextStore.texts(texts, .referral(referral.id), in: community, snapshot))
      let person = open.file.person
      let isAsking = referral.state == .asking && open.access.relation == .worker
      return Shown(
        open: open, referral: referral, words: documents[referral.text], replies: documents,
        agreed: try desk.agreed(referral, of: person, in: community, snapshot),
        question: isAsking
          ? try desk.directory.consentQuestion(CareNotices.referral, of: person, in: community, snapshot)
          : nil,
        name: try desk.directory.displayNames(of: [person], in: community, snapshot)[person] ?? "—")
    }
  }

  private func pages(_ signedIn: SignedIn) -> ReferralPages {
    ReferralPages(
      say: signedIn.say, token: signedIn.formToken, now: signedIn.now, key: Form.newKey)
  }

  private func page(_ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]) async throws -> Page {
    let shown = try await shown(signedIn, .referral)
    let pages = pages(signedIn)
    let path = "/cases/\(shown.open.id)/referrals/\(shown.referral.id)/consent"
    let question: HTML =
      shown.question.map {
        $0.asking(
          to: path, token: signedIn.formToken, key: "\(pages.key)-consent", signedIn.say, state,
          choosing: shown.referral.fields)
      } ?? .empty
    return pages.worker(
      shown.referral, shown.open, name: shown.name, words: shown.words, replies: shown.replies,
      agreed: shown.agreed, question: question, alerts: alerts)
  }

  private func paper(_ signedIn: SignedIn) async throws -> Response {
    let shown = try await shown(signedIn, .print)
    guard shown.referral.destination == .organisation, shown.referral.state.isShown, !shown.agreed.isEmpty
    else { throw Problem.notFound }
    let document = shown.referral.shared.flatMap { shown.replies[$0] }
    let card = signedIn.community
    return .page(
      pages(signedIn).print(document, signedIn.say(card.name), phone: card.phoneNumber), signedIn)
  }

  /// What the person said: a yes to some fields, or a no, which ends the referral.
  private func answer(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ReferralID = try signedIn.id("referral")
    return try await FormAgain.answer(
      signedIn, form, page: { try await page(signedIn, $0, $1) },
      work: {
        let answer = try ConsentAnswer(form, offered: Referral.offered)
        try await visits.change(signedIn, form) { [desk] open, _, transaction in
          guard open.access.relation == .worker,
            let referral = try ReferralStore.find(id, in: transaction.community, transaction),
            referral.caseID == open.id
          else { throw Problem.notFound }
          guard referral.state == .asking else { throw Problem.referralNotOpen }
          let chosen = answer.categories.map { $0.intersection(referral.fields) } ?? referral.fields
          try desk.directory.record(
            answer, to: CareNotices.referral, of: open.file.person, categories: chosen,
            matter: id.rawValue, by: open.actor, in: transaction)
          if !answer.isGiven { try desk.refuse(id, open, in: transaction) }
        }
        return .redirect(to: try path(signedIn))
      })
  }

  private func send(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ReferralID = try signedIn.id("referral")
    return try await done(signedIn) {
      let shown = try await shown(signedIn, .referral)
      guard let words = shown.words else { throw Problem.notFound }
      try await visits.change(signedIn, form) { [desk] open, seal, transaction in
        try desk.send(id, words: words, open, sealing: seal, in: transaction)
      }
    }
  }

  private func step(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let id: ReferralID = try signedIn.id("referral")
    return try await done(signedIn) {
      var reader = FormReader(form)
      let state = reader.choice("state", of: ReferralState.self)
      let words = reader.words([.reply], required: state == .rejected ? [.reply] : [])
      try reader.finish()
      guard let state else { throw Problem.internalFault }
      try await visits.change(signedIn, form) { [desk] open, seal, transaction in
        try desk.note(state, id, words: words, open, sealing: seal, in: transaction)
      }
    }
  }

  private func path(_ signedIn: SignedIn) throws -> String {
    let (file, referral): (CaseID, ReferralID) = (try signedIn.id("case"), try signedIn.id("referral"))
    return "/cases/\(file)/referrals/\(referral)"
  }

  private func done(_ signedIn: SignedIn, _ work: () async throws -> Void) async throws -> Response {
    do {
      try await work()
      return .redirect(to: try path(signedIn))
    } catch let problem as Problem where [403, 409, 422].contains(problem.status) {
      return .page(
        try await page(signedIn, ConsentQuestion.suggestion, FormAgain.notices(problem, signedIn.say)),
        signedIn,
        status: .init(code: problem.status))
    }
  }
}
