import Database
import Hummingbird
import Kernel
import People
import Security
import Web

extension PrizeQuizzes {
  /// The station's doors of prizes.
  func addAwards(_ routes: inout Routes) {
    let staff = QuizStaff.access
    let path = "/quiz-desk/:quiz/awards/:award"
    routes.get(path, for: staff, objects: .community) { signedIn in
      .page(try await awardPage(signedIn, .empty, []), signedIn)
    }
    routes.post("\(path)/handover", for: staff, objects: .community, limits: QuizStaff.writes) {
      try await handOver($0)
    }
    routes.post("\(path)/pass-on", for: staff, objects: .community, limits: QuizStaff.writes) {
      try await passOn($0)
    }
  }

  private func cipher(_ community: CommunityID) async throws -> FieldCipher {
    try await vault.cipher(for: KeyScope(community: community, dataClass: .contact))
  }

  private func awardPage(
    _ signedIn: SignedIn, _ state: FormState, _ alerts: [HTML]
  ) async throws -> Page {
    let (id, quizID): (QuizAwardID, QuizID) = (try signedIn.id("award"), try signedIn.id("quiz"))
    let community = signedIn.community.id
    let cipher = try await cipher(community)
    let view = try await database.read { [directory] snapshot in
      guard let quiz = try QuizStore.find(quizID, in: community, snapshot),
        let found = try QuizAwardStore.find(id, in: community, snapshot), found.quiz == quizID
      else { throw Problem.notFound }
      let award = found.award
      let winner = try QuizEntryStore.persons(
        behind: [award.number], of: quizID, in: community, snapshot)[award.number]
      let keeper = award.end?.by.person
      let names = try directory.displayNames(
        of: [winner, keeper].compactMap(\.self), in: community, snapshot)
      return QuizAwardPages.View(
        quiz: quiz, award: award, name: winner.flatMap { names[$0] },
        receiver: try QuizAwardStore.receiver(of: id, opening: cipher, in: community, snapshot),
        endedBy: keeper.flatMap { names[$0] })
    }
    return QuizAwardPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now).award(
      view, keys: (handover: Form.newKey, passOn: Form.newKey), state, alerts: signedIn.savedNotice + alerts)
  }

  private func handOver(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let (id, quiz): (QuizAwardID, QuizID) = (try signedIn.id("award"), try signedIn.id("quiz"))
    return try await FormAgain.answer(
      signedIn, form, page: { try await awardPage(signedIn, $0, $1) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let handover = try QuizAnswerForm.handover(form)
        let cipher = try await cipher(signedIn.community.id)
        let key = try form.onceKey("POST /quiz-desk/handover", signedIn)
        try await database.change(in: signedIn.community.id, once: key) { [awards] in
          try awards.handOver(
            id, of: quiz, to: handover.receiver, name: handover.name, sealing: cipher, by: actor, in: $0)
        }
        return .redirect(to: "\(QuizAwardPages.path(quiz, id))?saved=1")
      })
  }

  private func passOn(_ signedIn: SignedIn) async throws -> Response {
    let form = try await signedIn.form()
    let (id, quiz): (QuizAwardID, QuizID) = (try signedIn.id("award"), try signedIn.id("quiz"))
    return try await FormAgain.answer(
      signedIn, form, page: { _, alerts in try await awardPage(signedIn, .empty, alerts) },
      work: {
        let actor = try signedIn.actor(of: QuizStaff.roles)
        let kind = try QuizAnswerForm.ground(form)
        let key = try form.onceKey("POST /quiz-desk/pass-on", signedIn)
        try await database.change(in: signedIn.community.id, once: key) { [awards] in
          try awards.passOn(id, of: quiz, because: kind, by: actor, in: $0)
        }
        return .redirect(to: "\(QuizDeskPages.base(quiz))?saved=1")
      })
  }
}
