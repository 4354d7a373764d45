import Database
import Hummingbird
import Kernel
import Security
import Web

extension DataRights {
  /// The doors of those who answer for what is done with people's data.
  func addImpactAssessments(_ routes: inout Routes) {
    let assessors = Access.Personal.roles(RoleRules.roles(for: .assessImpact))
    let base = "/impact-assessments"
    routes.get(base, for: assessors, objects: .community) { signedIn in
      let assessments = try await people.database.read {
        try ImpactAssessmentStore.newest(in: signedIn.community.id, $0)
      }
      return .page(pages(signedIn).list(assessments), signedIn)
    }
    routes.get("\(base)/new", for: assessors, objects: .community) { signedIn in
      .page(form(signedIn, of: nil, .empty, []), signedIn)
    }
    routes.post(base, for: assessors, objects: .community) { try await write($0, of: nil) }
    routes.get("\(base)/:assessment", for: assessors, objects: .community) { signedIn in
      let versions = try await versions(signedIn)
      let names = try await people.database.read {
        try $0.displayNames(of: Set(versions.map(\.assessedBy.person)), in: signedIn.community.id)
      }
      return .page(pages(signedIn).assessment(versions, names: names), signedIn)
    }
    routes.get("\(base)/:assessment/new", for: assessors, objects: .community) { signedIn in
      let newest = try await versions(signedIn)[0]
      return .page(
        form(signedIn, of: newest.id, ImpactAssessmentForm.state(of: newest.content), []), signedIn)
    }
    routes.post("\(base)/:assessment", for: assessors, objects: .community) { signedIn in
      try await write(signedIn, of: try signedIn.id("assessment"))
    }
  }

  private func pages(_ signedIn: SignedIn) -> ImpactAssessmentPages {
    ImpactAssessmentPages(say: signedIn.say, token: signedIn.formToken, now: signedIn.now)
  }

  private func form(
    _ signedIn: SignedIn, of id: ImpactAssessmentID?, _ state: FormState, _ alerts: [HTML]
  ) -> Page {
    pages(signedIn).form(of: id, key: Form.newKey, state, alerts: alerts)
  }

  /// - Throws: `not_found`; never answers nothing.
  private func versions(_ signedIn: SignedIn) async throws -> [ImpactAssessment] {
    let id: ImpactAssessmentID = try signedIn.id("assessment")
    let versions = try await people.database.read {
      try ImpactAssessmentStore.versions(of: id, in: signedIn.community.id, $0)
    }
    if versions.isEmpty { throw Problem.notFound }
    return versions
  }

  private func write(_ signedIn: SignedIn, of id: ImpactAssessmentID?) async throws -> Response {
    let actor = try RoleRules.actor(signedIn.personID, signedIn.roles, for: .assessImpact)
    let community = signedIn.community
    let sent = try await signedIn.form()
    return try await FormAgain.answer(
      signedIn, sent, page: { form(signedIn, of: id, $0, $1) },
      work: {
        let content = try ImpactAssessmentForm.content(
          sent, at: signedIn.now, offsetSeconds: community.offsetSeconds)
        let key = try IdempotencyKey(
          principal: signedIn.personID, operation: "POST /impact-assessments",
          key: sent["idempotency_key"] ?? "", body: Array("\(id?.description ?? "")|\(content)".utf8))
        try await people.database.write(in: community.id) { transaction in
          try transaction.once(key) {
            try keep(content, of: id, by: actor, in: transaction)
            return StoredAnswer(status: 303, body: [])
          }
        }
        return .redirect(to: "/impact-assessments")
      })
  }

  /// - Throws: `not_found`.
  private func keep(
    _ content: ImpactAssessment.Content, of id: ImpactAssessmentID?, by actor: Actor,
    in transaction: Transaction
  ) throws {
    let earlier = try id.map {
      try ImpactAssessmentStore.versions(of: $0, in: transaction.community, transaction)
    }
    if let earlier, earlier.isEmpty { throw Problem.notFound }
    let assessment = ImpactAssessment(
      id: id ?? transaction.newIdentifier(), version: (earlier?.first?.version ?? 0) + 1, content: content,
      assessedAt: transaction.now, assessedBy: actor)
    try ImpactAssessmentStore.insert(assessment, in: transaction)
    try transaction.audit("people.impact_assessment", by: actor, of: assessment.id.rawValue)
  }
}
