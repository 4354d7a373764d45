import Hummingbird
import Kernel
import Web

extension People {
  /// The sign-in of practice shops; elsewhere it does not exist.
  func addPracticeSignIn(_ routes: inout Routes) {
    routes.get("/practice-sign-in", .everyone, objects: .none) { visit in
      guard visit.community.isPractice else { throw Problem.notFound }
      if visit.session != nil { return .redirect(to: "/practice") }
      return .page(
        PracticeSignInPages.signIn(visit, FormState(["code": visit.query("code") ?? ""])), visit)
    }
    routes.post("/practice-sign-in", .everyone, objects: .none, limits: Self.signInLimits) { visit in
      guard visit.community.isPractice else { throw Problem.notFound }
      let form = try await visit.form()
      return try await FormAgain.answer(
        visit, form, page: { PracticeSignInPages.signIn(visit, $0, alerts: $1) },
        work: {
          var reader = FormReader(form)
          let typed = reader.raw("code", isRequired: true)
          try reader.finish()
          let begun = try await signIn(
            practiceCode: typed ?? "", userAgent: visit.userAgent, in: visit.community.id)
          return try await welcome(begun, next: "/practice", visit)
        })
    }
  }
}
